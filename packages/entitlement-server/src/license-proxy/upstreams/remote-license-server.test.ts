import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import { readClearKeyLicense, writeClearKeyLicenseRequest } from '@secure-player/protocol';
import { expect, it, onTestFinished } from 'vitest';

import { InMemoryTokenLedger } from '../../license-server/in-memory-token-ledger.js';
import { createLicenseServerApp } from '../../license-server/license-server-app.js';
import { LicenseServer } from '../../license-server/license-server.js';
import { LicenseTokens } from '../../license-server/license-token.js';
import { createUpstream } from './create-upstream.js';
import { AUDIO, createRequest, HD, NOW, SD } from './testing/grants.js';
import { startHttpPeer } from './testing/http-peer.js';
import { problemOf } from './testing/problem-of.js';

const KEY = { id: 'k1', secret: new Uint8Array(32).fill(3) };
const MESSAGE = writeClearKeyLicenseRequest({ kids: [AUDIO, SD, HD], type: 'temporary' });
const JSON_TYPE = 'application/json';

it('gets a license, with the keys that were granted, from the license server of this package', async () => {
  const { upstream } = await setup();

  const { body, contentType } = await upstream.send(requestLicense());

  expect(contentType).toBe(JSON_TYPE);
  expect(readClearKeyLicense(body).keys.map(({ keyId }) => keyId)).toEqual([AUDIO, SD]);
});

it('is told when a token comes twice', async () => {
  const token = await new LicenseTokens({ keys: [KEY], clock: () => NOW }).mint(requestLicense().grant);
  const { upstream } = await setup(() => token);

  await upstream.send(requestLicense());

  expect(await problemOf(upstream.send(requestLicense()))).toMatchObject({ code: 'license-token-rejected' });
});

it('says what a message asks for', async () => {
  const { upstream } = await setup();

  expect(await upstream.inspect?.({ system: 'clearkey', message: MESSAGE, contentType: JSON_TYPE })).toEqual({
    purpose: 'license',
    keyIds: [AUDIO, SD, HD],
    sessionType: 'temporary',
    fields: { keyIds: 'kids', sessionType: 'type' },
  });
});

it('says what many messages ask for at the same time, and warns of nothing', async () => {
  const { upstream } = await setup();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));

  const message = { system: 'clearkey', message: MESSAGE, contentType: JSON_TYPE } as const;
  await Promise.all(Array.from({ length: 20 }, async () => upstream.inspect?.(message)));
  expect(warnings).toEqual([]);
});

it('passes on that a message cannot be read', async () => {
  const { upstream } = await setup();
  const message = new TextEncoder().encode('{}');

  const asked =
    upstream.inspect?.({ system: 'clearkey', message, contentType: JSON_TYPE }) ?? Promise.resolve();
  expect(await problemOf(asked)).toMatchObject({ code: 'invalid-request' });
});

it('has the certificates that the license server has', async () => {
  const { upstream } = await setup();

  expect((await upstream.certificate?.('widevine'))?.length).toBeGreaterThan(0);
  expect(await upstream.certificate?.('clearkey')).toBeNull();
});

it.each([
  '{}',
  '[]',
  'no JSON',
  '{"purpose":"license","keyIds":["x"],"sessionType":"temporary","fields":{}}',
])('does not believe a server that says %s of a message', async (text) => {
  const peer = await startHttpPeer((_, response) =>
    response.writeHead(200, { 'Content-Type': JSON_TYPE }).end(text),
  );
  const upstream = createUpstream({ kind: 'license-server', url: peer.url }, { mintToken: () => 'token' });

  const asked =
    upstream.inspect?.({ system: 'clearkey', message: MESSAGE, contentType: null }) ?? Promise.resolve();
  expect(await problemOf(asked)).toMatchObject({ code: 'license-upstream-failed' });
});

function requestLicense() {
  return createRequest({ system: 'clearkey' }, { message: MESSAGE, contentType: JSON_TYPE });
}

async function setup(mintToken?: () => string) {
  const clock = () => NOW;
  const server = new LicenseServer({
    keySeeds: [['main', new Uint8Array(30).fill(1)]],
    tokenKeys: [KEY],
    ledger: new InMemoryTokenLedger(clock),
    virtualKeySystems: true,
    clock,
  });
  const app = createLicenseServerApp({ server, clock });
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const http = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.close();
    http.closeAllConnections();
  });

  const tokens = new LicenseTokens({ keys: [KEY], clock });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const upstream = createUpstream(
    { kind: 'license-server', url },
    { clock, mintToken: mintToken ?? ((grant) => tokens.mint(grant)) },
  );
  return { upstream };
}
