// What the virtual CDM adds to a license round trip, over the browser's own Clear Key, side by side in one page: from
// generateRequest() to usable keys, with licenses of the demo's server over loopback.
// Usage: node bench/license-round-trip.mjs [number of rounds]. Needs an installed and built checkout, and a browser.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';
import { serve } from '@hono/node-server';
import { createDemoSite, prepareTitles } from 'demo/server';

import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';

const ROUNDS = Number(process.argv[2] ?? 40);
const WARM_UP = 5;
const CLASSIC = fileURLToPath(import.meta.resolve('@secure-player/virtual-cdm/classic'));
const KEY_SEED = new TextEncoder().encode('the key seed of the benchmarks, which protects nothing');

/** @typedef {{ name: string, keySystem: string, licenseUrl: string }} Candidate The first one is what the others are compared with. */

/** @type {readonly Candidate[]} */
const CANDIDATES = [
  { name: 'native Clear Key', keySystem: 'org.w3.clearkey', licenseUrl: '/license/clearkey' },
  { name: 'virtual Clear Key', keySystem: 'com.example.clearkey', licenseUrl: '/license/clearkey' },
  { name: 'virtual Widevine', keySystem: 'com.widevine.alpha', licenseUrl: '/license/widevine' },
  { name: 'virtual PlayReady', keySystem: 'com.microsoft.playready', licenseUrl: '/license/playready' },
  { name: 'virtual FairPlay', keySystem: 'com.apple.fps', licenseUrl: '/license/fairplay' },
];

const mediaRoot = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));
try {
  const titles = await prepareTitles({ mediaRoot, keySeed: KEY_SEED });
  const preview = titles.find(({ access }) => access === 'free');
  if (!preview) throw new Error('The demo has no free title.');
  const site = createDemoSite({ titles, mediaRoot, keySeed: KEY_SEED, clientRoot: null, log: () => {} });
  const server = serve({ fetch: site.app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  try {
    report(
      await measure(
        `http://127.0.0.1:${port}`,
        preview.keys.map(({ keyId }) => keyId),
      ),
    );
  } finally {
    server.close();
  }
} finally {
  rmSync(mediaRoot, { recursive: true, force: true });
}

/**
 * @param {string} url
 * @param {readonly string[]} keyIds
 * @returns {Promise<number[][]>} Milliseconds, by round and candidate.
 */
async function measure(url, keyIds) {
  const { executablePath } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });

  try {
    const page = await browser.newPage();
    await page.addInitScript({ path: CLASSIC });
    // An empty page of the server's origin, without the policy that its own answers have.
    await page.route(`${url}/blank`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto(`${url}/blank`);
    return await page.evaluate(runRounds, {
      keyIds,
      candidates: CANDIDATES,
      rounds: ROUNDS,
      warmUp: WARM_UP,
    });
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page.
 *
 * @param {{ keyIds: readonly string[], candidates: readonly Candidate[], rounds: number, warmUp: number }} options
 */
async function runRounds({ keyIds, candidates, rounds, warmUp }) {
  const { installVirtualCdm, system, widevine, playready, fairplay } = Reflect.get(
    globalThis,
    'SecurePlayerVirtualCdm',
  );
  const clearKey = system({ keySystem: 'com.example.clearkey', dialect: 'clearkey' });
  installVirtualCdm({ systems: [clearKey, widevine(), playready(), fairplay()], storage: 'memory' });

  const initData = commonPssh(keyIds);
  const prepared = await Promise.all(candidates.map(prepare));
  const results = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const times = [];
    for (const mediaKeys of prepared) times.push(await roundTrip(mediaKeys));
    if (round >= warmUp) results.push(times);
  }
  return results;

  /** @param {Candidate} candidate */
  async function prepare({ keySystem, licenseUrl }) {
    const access = await navigator.requestMediaKeySystemAccess(keySystem, [
      {
        initDataTypes: ['cenc'],
        videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"', encryptionScheme: 'cbcs' }],
      },
    ]);
    const mediaKeys = await access.createMediaKeys();
    // Once for a page, and none for Clear Key: the certificate is not part of the round trip.
    const certificate = await fetch(licenseUrl.replace('/license/', '/certificate/'));
    if (certificate.ok) await mediaKeys.setServerCertificate(await certificate.arrayBuffer());
    return { mediaKeys, licenseUrl };
  }

  /** @param {{ mediaKeys: MediaKeys, licenseUrl: string }} prepared */
  async function roundTrip({ mediaKeys, licenseUrl }) {
    const since = performance.now();
    const session = mediaKeys.createSession();
    const usable = new Promise((resolve) =>
      session.addEventListener('keystatuseschange', resolve, { once: true }),
    );
    const answer = async (/** @type {ArrayBuffer} */ message) => {
      const response = await fetch(licenseUrl, { method: 'POST', body: challengeOf(message) });
      await session.update(await response.arrayBuffer());
    };
    session.addEventListener('message', ({ message }) => void answer(message));
    await session.generateRequest('cenc', initData);
    await usable;
    const time = performance.now() - since;

    await session.close();
    return time;
  }

  /** @param {ArrayBuffer} message PlayReady's is unwrapped as every player does; the others go as they are. */
  function challengeOf(message) {
    const text = new TextDecoder('utf-16le').decode(message);
    const challenge = /<Challenge encoding="base64encoded">([^<]*)</.exec(text)?.[1];
    return challenge === undefined ? message : Uint8Array.from(atob(challenge), (c) => c.charCodeAt(0));
  }

  /** @param {readonly string[]} ids */
  function commonPssh(ids) {
    const list = ids.flatMap((id) => (id.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
    const systemId = '1077efecc0b24d02ace33c1e52e2fb4b'
      .match(/../g)
      ?.map((byte) => Number.parseInt(byte, 16));
    const size = 32 + list.length + 4;
    const head = [0, 0, 0, size, 0x70, 0x73, 0x73, 0x68, 1, 0, 0, 0, ...(systemId ?? [])];
    return Uint8Array.from([...head, 0, 0, 0, ids.length, ...list, 0, 0, 0, 0]);
  }
}

/** @param {readonly (readonly number[])[]} rounds */
function report(rounds) {
  console.log(`${rounds.length} rounds, interleaved; milliseconds, and ratio to the first within each round`);
  for (const [index, { name }] of CANDIDATES.entries()) {
    const times = rounds.map((round) => round[index] ?? Number.NaN);
    const ratios = rounds.map((round) => (round[index] ?? Number.NaN) / (round[0] ?? Number.NaN));
    console.log(`${name.padEnd(18)} ${spread(times, 1)} ms   ratio ${spread(ratios, 2)}`);
  }
}

/**
 * @param {readonly number[]} values
 * @param {number} digits
 */
function spread(values, digits) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(digits);
  return `${at(0.5)} (${at(0.1)} to ${at(0.9)})`;
}
