import {
  createIdentity,
  ENVELOPES,
  fromBase64,
  openRequest,
  parseKeyId,
  testRoot,
  toBase64Url,
  toHex,
  writeClearKeyLicense,
  writeKeyIdsInitData,
} from '@secure-player/protocol';
import { system, widevine } from '@secure-player/virtual-cdm';
import type { Page } from '@playwright/test';

import { keepLicense, loadSession, readStore } from '../virtual-cdm/persistent-session-in-page.js';
import { expect, test } from '../virtual-cdm/virtual-cdm-test.js';

const systems = [
  system({ keySystem: 'com.example.drm', dialect: 'clearkey' }),
  widevine({ serverCertificate: 'optional' }),
];
const KEY_ID = parseKeyId('00112233445566778899aabbccddeeff');
const KEY = Uint8Array.from({ length: 16 }, (_, index) => 0xa0 + index);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const LICENSE = {
  license: decode(writeClearKeyLicense({ keys: [{ keyId: KEY_ID, key: KEY }], type: 'persistent-license' })),
  initData: decode(writeKeyIdsInitData([KEY_ID])),
};

test.use({ virtualCdm: { systems } });

/** Another tab of the same browser. */
async function openTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  return tab;
}

test('a license is there after a reload, and in another tab', async ({ page, filmPage }) => {
  await filmPage.open();
  const sessionId = await page.evaluate(keepLicense, LICENSE);
  await page.reload();

  expect(await page.evaluate(loadSession, sessionId)).toBe('true usable');
  expect(await (await openTab(page)).evaluate(loadSession, sessionId)).toBe('true usable');
  expect(await page.evaluate(loadSession, 'ABCDEF')).toBe('false');
});

test('a session is open in one document at a time, and free once that is gone', async ({
  page,
  filmPage,
}) => {
  await filmPage.open();
  const [first, second] = [await openTab(page), await openTab(page)];
  const sessionId = await first.evaluate(keepLicense, { ...LICENSE, isOpen: true });

  expect(await first.evaluate(loadSession, sessionId)).toBe('QuotaExceededError');
  expect(await second.evaluate(loadSession, sessionId)).toBe('QuotaExceededError');
  await first.close();
  await expect.poll(() => second.evaluate(loadSession, sessionId)).toBe('true usable');
});

test('a session that is closed is free to others at once', async ({ page, filmPage }) => {
  await filmPage.open();
  const sessionId = await page.evaluate(keepLicense, { ...LICENSE, isOpen: true });
  const tab = await openTab(page);
  await page.evaluate(async () => (Reflect.get(globalThis, 'openSession') as MediaKeySession).close());

  expect(await tab.evaluate(loadSession, sessionId)).toBe('true usable');
  expect(await page.evaluate(loadSession, sessionId)).toBe('true usable');
});

test('the end of the virtual CDM gives its sessions free', async ({ page, filmPage, cdm }) => {
  await filmPage.open();
  const sessionId = await page.evaluate(keepLicense, { ...LICENSE, isOpen: true });
  await cdm.uninstall();

  expect(await (await openTab(page)).evaluate(loadSession, sessionId)).toBe('true usable');
});

test('no key lies on the disk in the clear, and none can be taken out', async ({ page, filmPage }) => {
  await filmPage.open();
  await page.evaluate(keepLicense, LICENSE);
  const [sessions, keys] = [
    await page.evaluate(readStore, 'sessions' as const),
    await page.evaluate(readStore, 'keys' as const),
  ];

  expect(sessions).toHaveLength(1);
  for (const form of [toHex(KEY), toBase64Url(KEY), LICENSE.license.slice(0, 20)]) {
    expect(sessions[0]).not.toContain(form);
  }
  expect(keys).toEqual(['{"type":"secret","extractable":false}']);
});

test('two tabs at their first start are one device, if they may keep state', async ({ page, filmPage }) => {
  await filmPage.open();
  const tabs = [await openTab(page), await openTab(page)];
  const [one, other] = await serialsOf(tabs, 'required');

  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(other).toBe(one);
  const identities = await page.evaluate(readStore, 'identities' as const);
  expect(identities).toHaveLength(1);
  expect(identities[0]?.match(/"type":"private","extractable":false/g)).toHaveLength(2);
});

test('nothing ties them to each other if they may not', async ({ page, filmPage }) => {
  await filmPage.open();
  const [one, other] = await serialsOf([page, await openTab(page)], 'not-allowed');

  expect(one).not.toBe(other);
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
});

test('the database can be deleted under it, as by a user who clears the site’s data', async ({
  page,
  filmPage,
}) => {
  await filmPage.open();
  const sessionId = await page.evaluate(keepLicense, LICENSE);
  const outcome = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.deleteDatabase('@secure-player/virtual-cdm');
        for (const type of ['success', 'error', 'blocked'])
          request.addEventListener(type, () => resolve(type));
      }),
  );

  expect(outcome).toBe('success');
  expect(await page.evaluate(loadSession, sessionId)).toBe('false');
  expect(await page.evaluate(loadSession, await page.evaluate(keepLicense, LICENSE))).toBe('true usable');
});

test('there is room for a hundred sessions', async ({ page, filmPage }) => {
  await filmPage.open();
  const count = await page.evaluate(async ({ license, initData }) => {
    const access = await navigator.requestMediaKeySystemAccess('com.example.drm', [
      {
        persistentState: 'required',
        sessionTypes: ['persistent-license'],
        videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }],
      },
    ]);
    const mediaKeys = await access.createMediaKeys();
    const encoder = new TextEncoder();
    for (let stored = 0; ; stored += 1) {
      const session = mediaKeys.createSession('persistent-license');
      await session.generateRequest('keyids', encoder.encode(initData));
      const refusal = await session.update(encoder.encode(license)).catch((error: Error) => error.name);
      if (refusal !== undefined) return `${stored}, then ${refusal}`;
      await session.close();
    }
  }, LICENSE);

  expect(count).toBe('100, then QuotaExceededError');
});

test.describe('in memory', () => {
  test.use({ virtualCdm: { systems, storage: 'memory' } });

  test('a license lasts as long as its document, and the disk is left alone', async ({ page, filmPage }) => {
    await filmPage.open();
    const sessionId = await page.evaluate(keepLicense, LICENSE);
    expect(await page.evaluate(loadSession, sessionId)).toBe('true usable');
    await page.reload();

    expect(await page.evaluate(loadSession, sessionId)).toBe('false');
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(
      [],
    );
  });
});

test.describe('where a document may not store anything', () => {
  /** As with third-party storage blocked. */
  const denyStorage = () => {
    indexedDB.open = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
  };

  test('a license cannot be kept, and one for the moment can be had', async ({ page, filmPage, cdm }) => {
    await filmPage.open();
    await page.evaluate(denyStorage);
    await filmPage.play({ keySystem: 'com.example.drm' });
    await filmPage.expectPicture();

    const refusal = await page.evaluate(keepLicense, LICENSE).catch((error: Error) => error.message);
    expect(refusal).toContain('NotSupportedError: This page cannot store anything (SecurityError)');
    expect(await cdm.log()).toContainEqual(
      expect.objectContaining({ type: 'call-failed', step: 'generate-request', name: 'NotSupportedError' }),
    );
  });

  test('an origin of its own has no EME, as in the browser', async ({ page, filmPage }) => {
    await filmPage.open();
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.allow = 'encrypted-media *';
      frame.srcdoc = '<!doctype html><p></p>';
      document.body.append(frame);
    });
    const frame = page.frames()[1];
    await frame?.waitForSelector('p', { state: 'attached' });

    await expect(frame?.evaluate(keepLicense, LICENSE)).rejects.toThrow(
      'NotSupportedError: EME use is not allowed on unique origins.',
    );
  });
});

/** Which devices pages are to a license server, as their requests tell it when they are made at once. */
async function serialsOf(pages: readonly Page[], persistentState: MediaKeysRequirement): Promise<string[]> {
  const authority = await testRoot();
  const service = await createIdentity({ authority, role: 'service' });
  const messages = await Promise.all(
    pages.map((tab) => tab.evaluate(requestWidevine, { initData: LICENSE.initData, persistentState })),
  );

  return Promise.all(
    messages.map(async (message) => {
      const request = ENVELOPES.widevine.readRequest(fromBase64(message));
      return (await openRequest(request, { service, root: authority.publicKey })).device.serial;
    }),
  );
}

/** Runs in the page, so that it stands by itself. The message of a new session, in base64. */
async function requestWidevine({
  initData,
  persistentState,
}: {
  readonly initData: string;
  readonly persistentState: MediaKeysRequirement;
}): Promise<string> {
  const access = await navigator.requestMediaKeySystemAccess('com.widevine.alpha', [
    {
      persistentState,
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"', robustness: 'SW_SECURE_CRYPTO' }],
    },
  ]);
  const session = (await access.createMediaKeys()).createSession();
  const message = new Promise<MediaKeyMessageEvent>((resolve) => {
    session.addEventListener('message', resolve, { once: true });
  });
  await session.generateRequest('keyids', new TextEncoder().encode(initData));

  return btoa(String.fromCharCode(...new Uint8Array((await message).message)));
}
