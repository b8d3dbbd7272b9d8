import { expect, it } from 'vitest';
import { readCertificate } from './certificate.js';
import { createIdentity } from './sealed-identity.js';
import { testRoot } from './test-root.js';

it('is the same root every time, so that processes trust each other', async () => {
  const { publicKey } = await testRoot();
  const { certificate } = await createIdentity({ authority: await testRoot(), role: 'service' });

  await expect(readCertificate(certificate, publicKey)).resolves.toMatchObject({ role: 'service' });
});

it('has one key that signs and one that verifies', async () => {
  const { publicKey, privateKey } = await testRoot();

  expect(publicKey).toMatchObject({ type: 'public', usages: ['verify'] });
  expect(privateKey).toMatchObject({ type: 'private', usages: ['sign'] });
});
