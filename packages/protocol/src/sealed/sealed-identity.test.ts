import { describe, expect, it } from 'vitest';
import { openRequest, sealRequest } from './sealed-request.js';
import { createIdentity, createUncertifiedIdentity, withCertificate } from './sealed-identity.js';
import { createParties, createStranger, REQUEST } from './testing/parties.js';

describe('an identity', () => {
  it('keeps its private keys, whoever asks', async () => {
    const { device } = await createParties();
    const outcomes = await Promise.allSettled([
      crypto.subtle.exportKey('pkcs8', device.signing.privateKey),
      crypto.subtle.exportKey('jwk', device.agreement.privateKey),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('can be cloned, as IndexedDB does, and is still itself', async () => {
    const { device, service, root } = await createParties();
    const clone = structuredClone(device);
    const message = await sealRequest(REQUEST, { device: clone });

    await expect(openRequest(message, { service, root })).resolves.toMatchObject({
      device: { bytes: device.certificate },
    });
  });
});

describe('an identity without certificate', () => {
  it('cannot seal', async () => {
    const device = await createUncertifiedIdentity();

    expect(device.certificate).toHaveLength(0);
    await expect(sealRequest(REQUEST, { device })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'device.certificate' }),
    );
  });

  it('refuses a certificate for other keys', async () => {
    const { root, device } = await createParties();
    const other = await createUncertifiedIdentity();

    await expect(withCertificate(other, device.certificate, root)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.verifyKey' }),
    );
    await expect(
      withCertificate({ ...other, signing: device.signing }, device.certificate, root),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field: 'certificate.agreementKey' }));
  });

  it('refuses a certificate of another role', async () => {
    const { root, service } = await createParties();

    await expect(withCertificate(service, service.certificate, root)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.role' }),
    );
  });

  it('refuses a certificate that is not from the root', async () => {
    const { root } = await createParties();
    const identity = await createIdentity({ authority: await createStranger(), role: 'device' });

    await expect(withCertificate(identity, identity.certificate, root)).rejects.toThrow(
      expect.objectContaining({ field: 'certificate.signature' }),
    );
  });
});
