import { describe, expect, it } from 'vitest';
import { ProtobufWriter } from '../protobuf/protobuf-message.js';
import { readCertificate } from './certificate.js';
import { createIdentity } from './sealed-identity.js';
import { createParties, createStranger, flipBit } from './testing/parties.js';

describe('a certificate', () => {
  it('says who its holder is, and each has a serial of its own', async () => {
    const { device, deviceCertificate, serviceCertificate } = await createParties();

    expect(deviceCertificate).toMatchObject({
      role: 'device',
      securityLevel: 'hardware',
      bytes: device.certificate,
    });
    expect(serviceCertificate).toMatchObject({ role: 'service', securityLevel: undefined });
    expect(deviceCertificate.serial).toMatch(/^[0-9a-f]{32}$/);
    expect(serviceCertificate.serial).not.toBe(deviceCertificate.serial);
  });

  it('has keys that do what the holder needs of others, and nothing else', async () => {
    const { deviceCertificate } = await createParties();

    expect(deviceCertificate.verifyKey).toMatchObject({ type: 'public', usages: ['verify'] });
    expect(deviceCertificate.agreementKey).toMatchObject({ type: 'public', usages: [] });
  });

  it('outlives the bytes that it was read from', async () => {
    const { root, device } = await createParties();
    const bytes = Uint8Array.from(device.certificate);
    const certificate = await readCertificate(bytes, root);
    bytes.fill(0);

    expect(certificate.bytes).toEqual(device.certificate);
  });

  it('is refused under another root', async () => {
    const { device } = await createParties();
    const stranger = await createStranger();

    await expect(readCertificate(device.certificate, stranger.publicKey)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.signature' }),
    );
  });

  it('is refused from another authority', async () => {
    const { root } = await createParties();
    const { certificate } = await createIdentity({ authority: await createStranger(), role: 'device' });

    await expect(readCertificate(certificate, root)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.signature' }),
    );
  });

  it('is refused whatever bit of it has changed', async () => {
    const { root, device } = await createParties();
    const changed = Array.from(device.certificate, (_, index) => flipBit(device.certificate, index));
    const outcomes = await Promise.allSettled(changed.map((bytes) => readCertificate(bytes, root)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array(), 'malformed', 'certificate.body'],
    ['an error page', new TextEncoder().encode('<html>'), 'malformed', 'certificate.tag'],
    ['more than a certificate can be', new Uint8Array(4097), 'oversized', 'certificate'],
    [
      'no signature',
      new ProtobufWriter().bytes(1, new Uint8Array(9)).toBytes(),
      'malformed',
      'certificate.signature',
    ],
    [
      'an empty signature',
      new ProtobufWriter().bytes(1, new Uint8Array(9)).bytes(2, new Uint8Array()).toBytes(),
      'invalid-value',
      'certificate.signature',
    ],
  ])('is not %s', async (_, bytes, code, field) => {
    const { root } = await createParties();

    await expect(readCertificate(bytes, root)).rejects.toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });
});
