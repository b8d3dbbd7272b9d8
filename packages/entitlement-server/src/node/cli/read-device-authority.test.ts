import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';

import { readCertificate, testRoot } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { spellings } from '../../testing/secret-spellings.js';
import { KEY_SEED, mediaFolder } from '../../testing/setup.js';
import { CliProcess } from '../testing/cli-process.js';

const SEED = Buffer.from(KEY_SEED).toString('base64');
const TOKEN_KEY = Buffer.alloc(32, 1).toString('base64');

const ROLES = {
  'entitlement-server': { mediaRoot: 'media', store: 'memory', keySeed: { env: 'KEY_SEED' }, titles: [] },
  'license-server': {
    store: { folder: 'used-tokens', survives: 'process-kill' },
    keySeeds: { default: { env: 'KEY_SEED' } },
    tokenKeys: [{ id: 'now', secret: { env: 'TOKEN_KEY' } }],
  },
} as const;
type Role = keyof typeof ROLES;

/** Starts a server of a file, asks it for its certificate, and ends it. */
async function run(role: Role, more: object, pem = '') {
  const folder = await mediaFolder({
    // JSON is YAML.
    'config.json': JSON.stringify({ role, port: 0, virtualKeySystems: true, ...ROLES[role], ...more }),
    'authority.pem': pem,
  });
  const server = await CliProcess.start(join(folder, 'config.json'), { KEY_SEED: SEED, TOKEN_KEY });
  const answer = await fetch(`${server.url}/certificate/widevine`);
  const certificate = new Uint8Array(await answer.arrayBuffer());
  await server.end('SIGTERM');
  return { certificate, log: server.log };
}

async function toRoot(key: KeyObject): Promise<CryptoKey> {
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('jwk', key.export({ format: 'jwk' }), ecdsa, true, ['verify']);
}

test.each<[Role, 'pkcs8' | 'sec1']>([
  ['entitlement-server', 'pkcs8'],
  ['license-server', 'sec1'],
])(
  'a file of the %s names who certifies devices, by a key in %s, and the log says nothing of it',
  async (role, type) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type, format: 'pem' }).toString();
    const { certificate, log } = await run(role, { deviceAuthority: { file: 'authority.pem' } }, pem);

    expect(await readCertificate(certificate, await toRoot(publicKey))).toMatchObject({ role: 'service' });
    await expect(readCertificate(certificate, (await testRoot()).publicKey)).rejects.toMatchObject({
      field: 'certificate.signature',
    });
    expect(log).not.toContain('test-root');
    const { d = '' } = privateKey.export({ format: 'jwk' });
    const told = Buffer.concat([Buffer.from(log), certificate]);
    for (const secret of [pem.split('\n')[1] ?? '', SEED, TOKEN_KEY]) expect(log).not.toContain(secret);
    expect(spellings(Buffer.from(d, 'base64url')).filter(([, needle]) => told.includes(needle))).toEqual([]);
  },
  60_000,
);

test.each<Role>(['entitlement-server', 'license-server'])(
  'without one it is the published test root, and the log of the %s says so once',
  async (role) => {
    const { certificate, log } = await run(role, {});
    expect(await readCertificate(certificate, (await testRoot()).publicKey)).toMatchObject({
      role: 'service',
    });
    expect(log.split('"test-root"')).toHaveLength(2);
  },
  60_000,
);
