import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes/hex.js';
import { HDCP_LEVELS } from '../policy/hdcp-level.js';
import { KEY_USES, SECURITY_LEVELS, type LicensePolicy } from '../policy/license-policy.js';
import { createIdentity } from './sealed-identity.js';
import { openLicense, sealLicense } from './sealed-license.js';
import type { SealedLicense, SealedLicenseKey, SealedMessage } from './sealed-message.js';
import { openRequest, sealRequest } from './sealed-request.js';
import { signMessage } from './signed-message.js';
import {
  createParties,
  createStranger,
  flipBit,
  KEY,
  KEY_ID,
  LICENSE,
  OTHER_KEY,
  REQUEST,
  type Parties,
} from './testing/parties.js';

interface Exchange extends Parties {
  readonly message: SealedMessage;
  readonly seal: (license: SealedLicense) => Promise<SealedMessage>;
  readonly open: (message: SealedMessage) => Promise<SealedLicense>;
}

async function setup(): Promise<Exchange> {
  const parties = await createParties();
  const { device, service, root } = parties;
  const opened = await openRequest(await sealRequest(REQUEST, { device }), { service, root });
  const seal = (license: SealedLicense): Promise<SealedMessage> =>
    sealLicense(license, { ...opened, service });
  const open = (message: SealedMessage): Promise<SealedLicense> =>
    openLicense(message, { request: REQUEST, device, root });
  return { ...parties, message: await seal(LICENSE), seal, open };
}

describe('a license', () => {
  it('gives the device its keys and policies', async () => {
    const { message, open } = await setup();

    expect(message.type).toBe('license');
    expect(await open(message)).toStrictEqual(LICENSE);
  });

  it('may have neither keys nor bounds', async () => {
    const { seal, open } = await setup();
    const license = { licenseId: '', issuedAt: 0, keys: [], policy: {} };

    expect(await open(await seal(license))).toStrictEqual(license);
  });

  it('keeps every policy apart from its absence', async () => {
    const { seal, open } = await setup();
    const number = fc.option(fc.constantFrom(0, 1, 0.001, 3600.5, 2 ** 40), { nil: undefined });
    const policy = fc.record<LicensePolicy>(
      {
        notBefore: fc.constantFrom(0, 1, 2 ** 32, 2 ** 52),
        notAfter: fc.constantFrom(0, 1, 2 ** 32, 2 ** 52),
        licenseDurationSeconds: number,
        rentalDurationSeconds: number,
        playbackDurationSeconds: number,
        renewal: fc.record({
          delaySeconds: fc.constantFrom(0, 0.5, 60),
          retrySeconds: number,
          graceSeconds: number,
        }),
        canPersist: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const keyPolicy = fc.record<SealedLicenseKey['policy']>(
      {
        minHdcp: fc.constantFrom(...HDCP_LEVELS),
        minSecurityLevel: fc.constantFrom(...SECURITY_LEVELS),
        use: fc.constantFrom(...KEY_USES),
      },
      { requiredKeys: [] },
    );

    await fc.assert(
      fc.asyncProperty(policy, keyPolicy, async (ofLicense, ofKey) => {
        const keys = [{ keyId: KEY_ID, key: KEY, policy: ofKey }];
        const license = { ...LICENSE, keys, policy: ofLicense };
        expect(await open(await seal(license))).toEqual(license);
      }),
      { numRuns: 50 },
    );
  });

  it('does not show its keys on the way', async () => {
    const { message } = await setup();

    expect(toHex(message.body)).not.toContain(toHex(KEY));
    expect(toHex(message.body)).not.toContain(toHex(OTHER_KEY));
  });

  it('is another one each time, for the same keys too', async () => {
    const { seal, message } = await setup();

    expect((await seal(LICENSE)).body).not.toEqual(message.body);
  });

  it('is refused whatever bit of it has changed', async () => {
    const { message, open } = await setup();
    const changed: SealedMessage[] = [
      ...Array.from(message.body, (_, index) => ({ ...message, body: flipBit(message.body, index) })),
      ...Array.from(message.signature, (_, index) => ({
        ...message,
        signature: flipBit(message.signature, index),
      })),
    ];
    const outcomes = await Promise.allSettled(changed.map(open));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(new Set(outcomes.map((outcome) => 'reason' in outcome && String(outcome.reason.name)))).toEqual(
      new Set(['ProtocolError']),
    );
  });

  it('is refused with a signature of someone else', async () => {
    const { authority, message, open } = await setup();
    const other = await createIdentity({ authority, role: 'service' });
    const resigned = await signMessage('license', message.body, other.signing.privateKey);

    await expect(open(resigned)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.signature' }),
    );
  });

  it('is refused from a server that the root does not know', async () => {
    const { deviceCertificate, open } = await setup();
    const service = await createIdentity({ authority: await createStranger(), role: 'service' });
    const message = await sealLicense(LICENSE, { request: REQUEST, device: deviceCertificate, service });

    await expect(open(message)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.signature' }),
    );
  });

  it('is refused from another device', async () => {
    const { authority, deviceCertificate, open } = await setup();
    const service = await createIdentity({ authority, role: 'device' });
    const message = await sealLicense(LICENSE, { request: REQUEST, device: deviceCertificate, service });

    await expect(open(message)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'certificate.role' }),
    );
  });

  it('is refused by another device', async () => {
    const { authority, message, root } = await setup();
    const device = await createIdentity({ authority, role: 'device', securityLevel: 'hardware' });

    await expect(openLicense(message, { request: REQUEST, device, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.device' }),
    );
  });

  it('has keys that open with the keys of its device alone', async () => {
    const { authority, message, root, device } = await setup();
    const { agreement } = await createIdentity({ authority, role: 'device' });
    // All are opened at once, and the first to fail is told.
    const field = expect.stringMatching(/^license\.keys\[\d\]\.key$/);

    await expect(
      openLicense(message, { request: REQUEST, device: { ...device, agreement }, root }),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field }));
  });

  it('is refused in another session', async () => {
    const { message, device, root } = await setup();
    const request = { ...REQUEST, sessionId: 'another' };

    await expect(openLicense(message, { request, device, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.sessionId' }),
    );
  });

  it('is refused as the answer to a later request', async () => {
    const { message, device, root } = await setup();
    const request = { ...REQUEST, nonce: flipBit(REQUEST.nonce, 15) };

    await expect(openLicense(message, { request, device, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.nonce' }),
    );
  });

  it('is refused as the renewal of another license', async () => {
    const { message, device, root, service, deviceCertificate } = await setup();
    const request = { ...REQUEST, type: 'license-renewal', licenseId: 'license-2' } as const;

    await expect(openLicense(message, { request, device, root })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.licenseId' }),
    );
    await expect(sealLicense(LICENSE, { request, device: deviceCertificate, service })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.licenseId' }),
    );
  });

  it('is not a message of another type', async () => {
    const { message, open, service } = await setup();
    const acknowledgement = await signMessage(
      'release-acknowledgement',
      message.body,
      service.signing.privateKey,
    );

    await expect(open(acknowledgement)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.type' }),
    );
    await expect(open({ ...acknowledgement, type: 'license' })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'license.signature' }),
    );
  });

  it('is bounded', async () => {
    const { message, open } = await setup();

    await expect(open({ ...message, body: new Uint8Array(65_537) })).rejects.toThrow(
      expect.objectContaining({ code: 'oversized', field: 'license' }),
    );
  });

  const key = LICENSE.keys[0] as SealedLicenseKey;

  it.each<[string, Partial<SealedLicense>, string, string]>([
    ['a key of 15 bytes', { keys: [{ ...key, key: new Uint8Array(15) }] }, 'invalid-value', 'keys[0].key'],
    ['a key id in another spelling', { keys: [{ ...key, keyId: 'x' }] }, 'invalid-value', 'keys[0].keyId'],
    ['a key id twice', { keys: [key, key] }, 'invalid-value', 'keys'],
    ['over 256 keys', { keys: Array.from({ length: 257 }, () => key) }, 'oversized', 'keys'],
    ['no time', { issuedAt: Infinity }, 'invalid-value', 'issuedAt'],
    ['a long id', { licenseId: 'a'.repeat(257) }, 'oversized', 'licenseId'],
    [
      'a negative duration',
      { policy: { rentalDurationSeconds: -1 } },
      'invalid-value',
      'policy.rentalDurationSeconds',
    ],
    ['a date that is none', { policy: { notAfter: Number.NaN } }, 'invalid-value', 'policy.notAfter'],
    [
      'an endless grace period',
      { policy: { renewal: { delaySeconds: 1, graceSeconds: Infinity } } },
      'invalid-value',
      'policy.renewal.graceSeconds',
    ],
  ])('is not sealed with %s', async (_, change, code, field) => {
    const { seal } = await setup();

    await expect(seal({ ...LICENSE, ...change })).rejects.toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: `license.${field}` }),
    );
  });

  it('holds as many keys as it may', async () => {
    const { seal, open } = await setup();
    const keys = Array.from({ length: 256 }, (_, index) => ({
      ...key,
      keyId: index.toString(16).padStart(32, '0'),
    }));

    expect((await open(await seal({ ...LICENSE, keys }))).keys).toEqual(keys);
  });
});
