import { describe, expect, it } from 'vitest';
import { readCertificate } from './certificate.js';
import { answerProvisioningRequest, sealProvisioningRequest } from './provisioning.js';
import { createUncertifiedIdentity, withCertificate } from './sealed-identity.js';
import { openRequest, sealRequest } from './sealed-request.js';
import { signMessage } from './signed-message.js';
import { createParties, flipBit, REQUEST } from './testing/parties.js';

const OPTIONS = { nonce: new Uint8Array(16), securityLevel: 'software' } as const;

describe('provisioning', () => {
  it('makes a device that license servers know', async () => {
    const { authority, root, service } = await createParties();
    const bare = await createUncertifiedIdentity();
    const request = await sealProvisioningRequest(bare, OPTIONS);
    const answer = await answerProvisioningRequest(request, { authority });
    const device = await withCertificate(bare, answer.body, root);

    expect(request.type).toBe('individualization-request');
    expect(answer.type).toBe('device-certificate');
    expect(await readCertificate(answer.body, root)).toMatchObject({
      role: 'device',
      securityLevel: 'software',
    });
    await expect(
      openRequest(await sealRequest(REQUEST, { device }), { service, root }),
    ).resolves.toMatchObject({ device: { securityLevel: 'software' } });
  });

  it('certifies what the authority says, whatever the device claims', async () => {
    const { authority, root } = await createParties();
    const bare = await createUncertifiedIdentity();
    const request = await sealProvisioningRequest(bare, { ...OPTIONS, securityLevel: 'hardware' });
    const believed = await answerProvisioningRequest(request, { authority });
    const doubted = await answerProvisioningRequest(request, { authority, securityLevel: 'software' });

    expect(await readCertificate(believed.body, root)).toMatchObject({ securityLevel: 'hardware' });
    expect(await readCertificate(doubted.body, root)).toMatchObject({ securityLevel: 'software' });
  });

  it('is refused whatever bit of the request has changed', async () => {
    const { authority } = await createParties();
    const message = await sealProvisioningRequest(await createUncertifiedIdentity(), OPTIONS);
    const outcomes = await Promise.allSettled(
      Array.from(message.body, (_, index) =>
        answerProvisioningRequest({ ...message, body: flipBit(message.body, index) }, { authority }),
      ),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });

  it('is refused for a key that the device does not have', async () => {
    const { authority, device } = await createParties();
    const { body } = await sealProvisioningRequest(await createUncertifiedIdentity(), OPTIONS);
    const message = await signMessage('individualization-request', body, device.signing.privateKey);

    await expect(answerProvisioningRequest(message, { authority })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'provisioning.signature' }),
    );
  });

  it('is not for messages of another type', async () => {
    const { authority, device } = await createParties();
    const message = await sealRequest(REQUEST, { device });

    await expect(answerProvisioningRequest(message, { authority })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'provisioning.type' }),
    );
  });

  it('is bounded', async () => {
    const { authority } = await createParties();
    const message = await sealProvisioningRequest(await createUncertifiedIdentity(), OPTIONS);

    await expect(
      answerProvisioningRequest({ ...message, body: new Uint8Array(65_537) }, { authority }),
    ).rejects.toThrow(expect.objectContaining({ code: 'oversized', field: 'provisioning' }));
  });

  it('needs a nonce of 16 bytes', async () => {
    await expect(
      sealProvisioningRequest(await createUncertifiedIdentity(), { ...OPTIONS, nonce: new Uint8Array(8) }),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid-value', field: 'provisioning.nonce' }));
  });
});
