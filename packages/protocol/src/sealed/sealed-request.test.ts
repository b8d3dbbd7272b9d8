import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes/hex.js';
import { createIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedMessageType, SealedRequest } from './sealed-message.js';
import { openRequest, sealRequest } from './sealed-request.js';
import { signMessage } from './signed-message.js';
import { createParties, createStranger, flipBit, KEY_ID, REQUEST } from './testing/parties.js';

const REQUESTS: readonly SealedRequest[] = [
  REQUEST,
  {
    type: 'license-renewal',
    sessionId: '',
    sessionType: 'temporary',
    keyIds: [],
    nonce: new Uint8Array(16),
    requestTime: 0,
    licenseId: 'license-1',
  },
  { ...REQUEST, type: 'license-release', sessionType: 'persistent-usage-record', licenseId: '' },
];

describe('a request', () => {
  it.each(REQUESTS)('tells the server what the device asks for: $type', async (request) => {
    const { device, deviceCertificate, service, root } = await createParties();
    const message = await sealRequest(request, { device });
    const opened = await openRequest(message, { service, root });

    expect(message.type).toBe(request.type);
    expect(opened.request).toStrictEqual(request);
    expect(opened.device).toMatchObject({ role: 'device', serial: deviceCertificate.serial });
  });

  it('hides who the device is from all but the server whose certificate is set', async () => {
    const { device, deviceCertificate, service, serviceCertificate, root } = await createParties();
    const [open, hidden] = await Promise.all([
      sealRequest(REQUEST, { device }),
      sealRequest(REQUEST, { device, service: serviceCertificate }),
    ]);

    expect(toHex(open.body)).toContain(deviceCertificate.serial);
    expect(toHex(hidden.body)).not.toContain(deviceCertificate.serial);
    await expect(openRequest(hidden, { service, root })).resolves.toMatchObject({
      request: REQUEST,
      device: { serial: deviceCertificate.serial },
    });
  });

  it('is opened by no other server when the certificate is hidden', async () => {
    const { authority, device, serviceCertificate, root } = await createParties();
    const message = await sealRequest(REQUEST, { device, service: serviceCertificate });
    const other = await createIdentity({ authority, role: 'service' });

    await expect(openRequest(message, { service: other, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'request.service' }),
    );
    const pretender = { ...other, certificate: serviceCertificate.bytes };
    await expect(openRequest(message, { service: pretender, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'request.certificate' }),
    );
  });

  it('is hidden from servers alone', async () => {
    const { device, deviceCertificate } = await createParties();

    await expect(sealRequest(REQUEST, { device, service: deviceCertificate })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'service.role' }),
    );
  });

  it.each([false, true])('is refused whatever bit of it has changed (hidden: %j)', async (isHidden) => {
    const { device, service, serviceCertificate, root } = await createParties();
    const message = await sealRequest(REQUEST, {
      device,
      service: isHidden ? serviceCertificate : undefined,
    });
    const changed: SealedMessage[] = [
      ...Array.from(message.body, (_, index) => ({ ...message, body: flipBit(message.body, index) })),
      ...Array.from(message.signature, (_, index) => ({
        ...message,
        signature: flipBit(message.signature, index),
      })),
    ];
    const outcomes = await Promise.allSettled(changed.map((each) => openRequest(each, { service, root })));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(new Set(outcomes.map((outcome) => 'reason' in outcome && String(outcome.reason.name)))).toEqual(
      new Set(['ProtocolError']),
    );
  });

  it('is refused as one of another type', async () => {
    const { device, service, root } = await createParties();
    const message = await sealRequest(REQUEST, { device });

    await expect(openRequest({ ...message, type: 'license-renewal' }, { service, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'request.signature' }),
    );
  });

  it.each<SealedMessageType>(['individualization-request', 'service-certificate-request', 'license'])(
    'is not a message of the type %s',
    async (type) => {
      const { device, service, root } = await createParties();
      const { body } = await sealRequest(REQUEST, { device });
      const message = await signMessage(type, body, device.signing.privateKey);

      await expect(openRequest(message, { service, root })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid-value', field: 'request.type' }),
      );
    },
  );

  it('is refused without a signature', async () => {
    const { device, service, root } = await createParties();
    const message = await sealRequest(REQUEST, { device });

    await expect(openRequest({ ...message, signature: new Uint8Array() }, { service, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'request.signature' }),
    );
  });

  it('is refused from a device with the certificate of another', async () => {
    const { authority, device, service, root } = await createParties();
    const thief = await createIdentity({ authority, role: 'device' });
    const message = await sealRequest(REQUEST, { device: { ...thief, certificate: device.certificate } });

    await expect(openRequest(message, { service, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'request.signature' }),
    );
  });

  it('is refused from a device that the root does not know', async () => {
    const { service, root } = await createParties();
    const device = await createIdentity({ authority: await createStranger(), role: 'device' });
    const message = await sealRequest(REQUEST, { device });

    await expect(openRequest(message, { service, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.signature' }),
    );
  });

  it('is refused from a license server', async () => {
    const { service, root } = await createParties();
    const message = await sealRequest(REQUEST, { device: service });

    await expect(openRequest(message, { service, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.role' }),
    );
  });

  it('is bounded', async () => {
    const { device, service, root } = await createParties();
    const message = await sealRequest(REQUEST, { device });

    await expect(
      openRequest({ ...message, body: new Uint8Array(65_537) }, { service, root }),
    ).rejects.toThrow(expect.objectContaining({ code: 'oversized', field: 'request' }));
  });

  it.each<[string, Partial<SealedRequest>, string, string]>([
    ['a nonce of 8 bytes', { nonce: new Uint8Array(8) }, 'invalid-value', 'request.nonce'],
    ['a key id in another spelling', { keyIds: ['{x}'] }, 'invalid-value', 'request.keyIds[0]'],
    [
      'over 256 key ids',
      { keyIds: Array.from({ length: 257 }, () => KEY_ID) },
      'oversized',
      'request.keyIds',
    ],
    ['a time before 1970', { requestTime: -1 }, 'invalid-value', 'request.requestTime'],
    ['no time', { requestTime: Number.NaN }, 'invalid-value', 'request.requestTime'],
    ['a long session id', { sessionId: 'ä'.repeat(129) }, 'oversized', 'request.sessionId'],
    ['a long license id', { licenseId: 'a'.repeat(257) }, 'oversized', 'request.licenseId'],
    ['a long content id', { contentId: 'a'.repeat(4097) }, 'oversized', 'request.contentId'],
  ])('is not sealed with %s', async (_, change, code, field) => {
    const { device } = await createParties();

    await expect(sealRequest({ ...REQUEST, ...change }, { device })).rejects.toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });
});
