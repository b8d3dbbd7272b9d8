import { describe, expect, it } from 'vitest';
import { openReleaseAcknowledgement, sealReleaseAcknowledgement } from './release-acknowledgement.js';
import { createIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';
import { openRequest, sealRequest } from './sealed-request.js';
import { createParties, createStranger, flipBit, REQUEST, type Parties } from './testing/parties.js';

const RELEASE: SealedRequest = { ...REQUEST, type: 'license-release', licenseId: 'license-1' };

async function setup(): Promise<Parties & { readonly message: SealedMessage }> {
  const parties = await createParties();
  const { device, service, root } = parties;
  const opened = await openRequest(await sealRequest(RELEASE, { device }), { service, root });
  return { ...parties, message: await sealReleaseAcknowledgement({ ...opened, service }) };
}

describe('the acknowledgement of a release', () => {
  it('is taken by the device that has released', async () => {
    const { message, device, root } = await setup();

    expect(message.type).toBe('release-acknowledgement');
    await expect(openReleaseAcknowledgement(message, { request: RELEASE, root })).resolves.toBeUndefined();
    await expect(
      openReleaseAcknowledgement(message, { request: RELEASE, device, root }),
    ).resolves.toBeUndefined();
  });

  it('may be for a license without an id', async () => {
    const { deviceCertificate, service, root } = await setup();
    const { licenseId: _, ...request } = RELEASE;
    const message = await sealReleaseAcknowledgement({ request, device: deviceCertificate, service });

    await expect(openReleaseAcknowledgement(message, { request, root })).resolves.toBeUndefined();
  });

  it.each<[string, Partial<SealedRequest>]>([
    ['sessionId', { sessionId: 'another' }],
    ['nonce', { nonce: new Uint8Array(16) }],
    ['licenseId', { licenseId: 'license-2' }],
    ['licenseId', { licenseId: undefined }],
  ])('is refused with another %s', async (field, change) => {
    const { message, root } = await setup();

    await expect(
      openReleaseAcknowledgement(message, { request: { ...RELEASE, ...change }, root }),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field: `acknowledgement.${field}` }));
  });

  it('is refused by another device', async () => {
    const { authority, message, root } = await setup();
    const device = await createIdentity({ authority, role: 'device' });

    await expect(openReleaseAcknowledgement(message, { request: RELEASE, device, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'acknowledgement.device' }),
    );
  });

  it('is refused when it was changed', async () => {
    const { message, root } = await setup();
    const changed = { ...message, signature: flipBit(message.signature, 7) };

    await expect(openReleaseAcknowledgement(changed, { request: RELEASE, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'acknowledgement.signature' }),
    );
  });

  it('is refused from a server that the root does not know', async () => {
    const { deviceCertificate, root } = await setup();
    const service = await createIdentity({ authority: await createStranger(), role: 'service' });
    const message = await sealReleaseAcknowledgement({
      request: RELEASE,
      device: deviceCertificate,
      service,
    });

    await expect(openReleaseAcknowledgement(message, { request: RELEASE, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.signature' }),
    );
  });

  it('is not a message of another type', async () => {
    const { message, root } = await setup();

    await expect(
      openReleaseAcknowledgement({ ...message, type: 'license' }, { request: RELEASE, root }),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field: 'acknowledgement.type' }));
  });

  it('answers nothing but a release', async () => {
    const { deviceCertificate, service } = await setup();

    await expect(
      sealReleaseAcknowledgement({ request: REQUEST, device: deviceCertificate, service }),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field: 'request.type' }));
  });
});
