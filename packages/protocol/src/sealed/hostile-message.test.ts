import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damaged, outcomeOf, SAFE } from '../testing/hostile-input.js';
import { readCertificate } from './certificate.js';
import { answerProvisioningRequest, sealProvisioningRequest } from './provisioning.js';
import { openReleaseAcknowledgement, sealReleaseAcknowledgement } from './release-acknowledgement.js';
import { openLicense, sealLicense } from './sealed-license.js';
import { openRequest, sealRequest } from './sealed-request.js';
import { signMessage } from './signed-message.js';
import { createParties, LICENSE, REQUEST } from './testing/parties.js';

const { authority, root, device, deviceCertificate, service, serviceCertificate } = await createParties();
const RELEASE = { ...REQUEST, type: 'license-release', licenseId: 'license-1' } as const;
const NONE = new Uint8Array();

const hidden = await sealRequest(REQUEST, { device, service: serviceCertificate });
const license = await sealLicense(LICENSE, { request: REQUEST, device: deviceCertificate, service });
const acknowledgement = await sealReleaseAcknowledgement({
  request: RELEASE,
  device: deviceCertificate,
  service,
});
const provisioning = await sealProvisioningRequest(device, {
  nonce: REQUEST.nonce,
  securityLevel: 'software',
});

type Reader = (body: Uint8Array<ArrayBuffer>) => Promise<unknown>;

/** Every reader of a body, and a body. The signature is made anew each time, as a rightful but hostile sender would. */
const READERS: readonly [string, Reader, Uint8Array][] = [
  ['readCertificate', (bytes) => readCertificate(bytes, root), device.certificate],
  [
    'openRequest',
    async (body) =>
      openRequest(await signMessage('license-request', body, device.signing.privateKey), { service, root }),
    hidden.body,
  ],
  [
    'openLicense',
    async (body) =>
      openLicense(await signMessage('license', body, service.signing.privateKey), {
        request: REQUEST,
        device,
        root,
      }),
    license.body,
  ],
  [
    'openReleaseAcknowledgement',
    async (body) =>
      openReleaseAcknowledgement(
        await signMessage('release-acknowledgement', body, service.signing.privateKey),
        { request: RELEASE, root },
      ),
    acknowledgement.body,
  ],
  [
    'answerProvisioningRequest',
    async (body) =>
      answerProvisioningRequest(
        await signMessage('individualization-request', body, device.signing.privateKey),
        { authority },
      ),
    provisioning.body,
  ],
];

describe.each(READERS)('%s', (_, read, input) => {
  it('takes its own input', async () => {
    expect(await outcomeOf(read, input)).toBe('a value');
  });

  it('gives a value or a ProtocolError for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await outcomeOf(read, bytes)).toMatch(SAFE);
      }),
      { numRuns: 50 },
    );
  });

  it('gives a value or a ProtocolError wherever its input is cut', async () => {
    const outcomes = await Promise.all(
      Array.from(input, (__, length) => outcomeOf(read, input.subarray(0, length))),
    );

    expect(outcomes.filter((text) => !SAFE.test(text))).toEqual([]);
  });

  it('gives a value or a ProtocolError however its input is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(damaged(input), async (bytes) => {
        expect(await outcomeOf(read, bytes)).toMatch(SAFE);
      }),
      { numRuns: 200 },
    );
  });
});

it('takes nothing for a signature', async () => {
  const outcomes = await Promise.all([
    outcomeOf((body) => openRequest({ ...hidden, body, signature: NONE }, { service, root }), hidden.body),
    outcomeOf(
      (body) => openLicense({ ...license, body, signature: NONE }, { request: REQUEST, device, root }),
      license.body,
    ),
  ]);

  expect(outcomes).toEqual([
    'a ProtocolError: request.signature: does not match the content',
    'a ProtocolError: license.signature: does not match the content',
  ]);
});
