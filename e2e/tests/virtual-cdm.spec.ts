import { system } from '@secure-player/virtual-cdm';

import { readFunctions, readPlatform } from '../virtual-cdm/platform-in-page.js';
import { expect, test } from '../virtual-cdm/virtual-cdm-test.js';

const KEY_SYSTEM = 'com.example.drm';
const systems = [system({ keySystem: KEY_SYSTEM, dialect: 'clearkey' })];
const LINE = `The virtual CDM plays ${KEY_SYSTEM} in this page. It is a test double, not DRM: the page can see every key.`;

test.use({ virtualCdm: { systems } });

test('plays a film under a name that no browser knows, and says in the page that it is no DRM', async ({
  page,
  filmPage,
  cdm,
}) => {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await page.reload();
  await filmPage.play({ keySystem: KEY_SYSTEM });
  await filmPage.expectPicture();

  expect(lines.filter((line) => line.includes('virtual CDM'))).toEqual([LINE]);
  expect(await cdm.sessions()).toMatchObject([
    { keySystem: KEY_SYSTEM, closedReason: null, keyStatuses: [{ status: 'usable' }] },
  ]);
});

test('what a page gets are objects of the platform’s own interfaces', async ({ page, filmPage }) => {
  await filmPage.play({ keySystem: KEY_SYSTEM });

  const facts = await page.evaluate(() => {
    const { access, mediaKeys, session, video } = film;
    const objects = [
      [access, MediaKeySystemAccess],
      [mediaKeys, MediaKeys],
      [session, MediaKeySession],
      [session.keyStatuses, MediaKeyStatusMap],
    ] as const;
    return {
      objects: objects.map(([object, constructor]) => ({
        name: Object.prototype.toString.call(object),
        isInstance: object instanceof constructor,
        isPrototype: Object.getPrototypeOf(object) === constructor.prototype,
        own: Reflect.ownKeys(object),
      })),
      isSame: video.mediaKeys === mediaKeys,
      isSameMap: session.keyStatuses === session.keyStatuses,
      iteratesByEntries: MediaKeyStatusMap.prototype[Symbol.iterator] === MediaKeyStatusMap.prototype.entries,
      isEventTarget: session instanceof EventTarget,
      statuses: Array.from(session.keyStatuses, ([keyId, status]) => [keyId.byteLength, status]),
    };
  });

  const names = ['MediaKeySystemAccess', 'MediaKeys', 'MediaKeySession', 'MediaKeyStatusMap'];
  expect(facts).toEqual({
    objects: names.map((name) => ({
      name: `[object ${name}]`,
      isInstance: true,
      isPrototype: true,
      own: [],
    })),
    isSame: true,
    isSameMap: true,
    iteratesByEntries: true,
    isEventTarget: true,
    statuses: [[16, 'usable']],
  });
});

test('their members refuse other objects, and too few arguments, as the platform’s do', async ({
  page,
  filmPage,
}) => {
  await filmPage.play({ keySystem: KEY_SYSTEM });

  const outcomes = await page.evaluate(async () => {
    const { access, mediaKeys, session } = film;
    const outcome = async (call: () => unknown) => {
      let result: unknown;
      try {
        result = call();
      } catch (error) {
        return `throws ${(error as Error).name}`;
      }
      return Promise.resolve(result).then(
        () => 'goes on',
        (error: Error) => `rejects with ${error.name}`,
      );
    };
    const call = (self: object, name: string, ...args: unknown[]) =>
      outcome(() => Reflect.apply(Reflect.get(session, name) ?? Reflect.get(mediaKeys, name), self, args));
    const get = (prototype: object, name: string, self: object) =>
      outcome(() => Reflect.get(prototype, name, self));

    return {
      others: [
        await call({}, 'update', new Uint8Array(1)),
        await call(mediaKeys, 'update', new Uint8Array(1)),
        await call({}, 'createSession'),
        await call(session, 'createSession'),
        await get(MediaKeySession.prototype, 'sessionId', access),
        await get(MediaKeySession.prototype, 'closed', {}),
        await get(MediaKeyStatusMap.prototype, 'size', session),
        await get(MediaKeySession.prototype, 'sessionId', Object.create(session) as object),
      ],
      tooFew: [
        await call(session, 'load'),
        await call(session, 'generateRequest', 'keyids'),
        await call(session, 'update'),
        await call(mediaKeys, 'setServerCertificate'),
        await outcome(() => Reflect.apply(Reflect.get(session.keyStatuses, 'has'), session.keyStatuses, [])),
        await outcome(() =>
          Reflect.apply(Reflect.get(session.keyStatuses, 'forEach'), session.keyStatuses, []),
        ),
      ],
      isStillOpen: session.keyStatuses.size,
    };
  });

  const [rejects, throws] = ['rejects with TypeError', 'throws TypeError'];
  expect(outcomes).toEqual({
    others: [rejects, rejects, throws, throws, throws, rejects, throws, throws],
    tooFew: [rejects, rejects, rejects, rejects, throws, throws],
    isStillOpen: 1,
  });
});

test('a key that is restricted stops the picture, and starts it again', async ({ page, filmPage, cdm }) => {
  const keyId = await filmPage.play({ keySystem: KEY_SYSTEM });
  await filmPage.expectPicture();
  await cdm.restrictOutput(keyId);
  await filmPage.expectWaitingForKey();
  await cdm.restrictOutput(keyId, false);
  await filmPage.expectPicture();

  expect(await page.evaluate(() => film.events.filter((event) => !event.includes('ing')))).toEqual([
    'license-request',
    'usable',
    'encrypted',
    'output-restricted',
    'usable',
  ]);
});

test('a CDM that breaks down as its keys are set closes its sessions', async ({ page, filmPage, cdm }) => {
  await filmPage.play({ keySystem: KEY_SYSTEM });
  await cdm.failNext('set-media-keys', 'internal-error');
  const [set, closed] = await page.evaluate(async () => {
    const { mediaKeys, session } = film;
    const refused = document.createElement('video').setMediaKeys(mediaKeys);
    return [await refused.catch((error: Error) => error.name), await session.closed];
  });

  expect([set, closed]).toEqual(['InvalidStateError', 'internal-error']);
  const calls = (await cdm.log()).filter(({ step }) => step === 'set-media-keys');
  expect(calls.map(({ type }) => type)).toEqual(['call', 'fault', 'call-failed']);
});

test.describe('on a clock of the test’s own', () => {
  test.use({ virtualCdm: { systems, clock: 'manual' } });

  test('a license is over when its time is', async ({ filmPage, cdm }) => {
    await filmPage.play({ keySystem: KEY_SYSTEM, policy: { licenseDurationSeconds: 3600 } });
    await filmPage.expectPicture();
    await cdm.advance(3599);
    await filmPage.expectPicture();
    await cdm.advance(2);

    await filmPage.expectWaitingForKey();
    expect(await cdm.sessions()).toMatchObject([{ keyStatuses: [{ status: 'expired' }] }]);
  });

  test('a license lasts from the first playback on', async ({ filmPage, cdm }) => {
    await filmPage.play({ keySystem: KEY_SYSTEM, policy: { playbackDurationSeconds: 60 } });
    await filmPage.expectPicture();
    await cdm.advance(61);

    await filmPage.expectWaitingForKey();
  });
});

test('a machine’s clock cannot be moved', async ({ filmPage, cdm }) => {
  await filmPage.open();

  await expect(cdm.advance(1)).rejects.toThrow("ask for `clock: 'manual'`");
});

test.describe('with a seed', () => {
  test.use({ virtualCdm: { systems, seed: 'a test' } });

  test('session ids are the same each time', async ({ page, filmPage, cdm }) => {
    const ids: unknown[] = [];
    for (const _ of [1, 2]) {
      await filmPage.play({ keySystem: KEY_SYSTEM });
      ids.push(...(await cdm.sessions()).map(({ sessionId }) => sessionId));
      await page.reload();
    }

    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });
});

test.describe('the end in mid-play', () => {
  test('stops the picture, closes the session, and gives the page its own EME back', async ({
    page,
    filmPage,
    cdm,
  }) => {
    await filmPage.play({ keySystem: KEY_SYSTEM });
    await filmPage.expectPicture();
    const during = await page.evaluate(() => film.session.closed !== undefined);
    await cdm.uninstall();

    await filmPage.expectWaitingForKey();
    const after = await page.evaluate(async () => {
      const { session, video, mediaKeys } = film;
      const inspect = async (promise: Promise<unknown>) =>
        promise.then(
          () => 'done',
          (error: Error) => error.name,
        );
      return {
        closed: await session.closed,
        size: session.keyStatuses.size,
        isStillSession: session instanceof MediaKeySession,
        update: await inspect(session.update(new Uint8Array([1]))),
        close: await inspect(session.close()),
        isVirtual: video.mediaKeys === mediaKeys,
        isNative: video.mediaKeys === null || Object.getPrototypeOf(video.mediaKeys) === MediaKeys.prototype,
        setAgain: await inspect(document.createElement('video').setMediaKeys(mediaKeys)),
        request: await inspect(navigator.requestMediaKeySystemAccess('com.example.drm', [{}])),
      };
    });

    expect(during).toBe(true);
    expect(after).toEqual({
      closed: 'internal-error',
      size: 0,
      isStillSession: true,
      update: 'InvalidStateError',
      close: 'done',
      isVirtual: false,
      isNative: true,
      setAgain: 'TypeError',
      request: 'NotSupportedError',
    });
  });

  test('leaves no key on an element once the element is emptied', async ({ page, filmPage, cdm }) => {
    await filmPage.play({ keySystem: KEY_SYSTEM });
    await cdm.uninstall();
    await page.evaluate(() => {
      film.video.removeAttribute('src');
      film.video.load();
    });

    await expect.poll(() => page.evaluate(() => film.video.mediaKeys)).toBeNull();
  });

  test('lets a new one be installed, which plays', async ({ page, filmPage, cdm }) => {
    await filmPage.play({ keySystem: KEY_SYSTEM });
    await filmPage.expectPicture();
    await cdm.uninstall();
    await page.evaluate(async (given) => {
      SecurePlayerVirtualCdm.installVirtualCdm({ systems: given });
      // A film that was loaded under the old keys is loaded anew, as after any loss of them.
      document.querySelector('video')?.replaceWith(document.createElement('video'));
    }, systems);
    await filmPage.play({ keySystem: KEY_SYSTEM });

    await filmPage.expectPicture();
    expect(await cdm.sessions()).toHaveLength(1);
  });
});

test('puts back the very properties that it replaced', async ({ page, filmPage, cdm, browser }) => {
  const untouched = await (await browser.newContext()).newPage();
  await untouched.goto(filmPage.url);
  const native = await untouched.evaluate(readPlatform);
  await untouched.context().close();

  const virtual = await page.evaluate(readPlatform);
  await cdm.uninstall();
  const after = await page.evaluate(readPlatform);

  const { 'MediaKeySession.parent.get': parent, ...functions } = virtual.functions;
  expect(functions).toEqual(native.functions);
  // What no browser has yet, the key rotation proposal's attribute.
  expect(parent).toMatchObject({ name: 'get parent', length: 0, hasPrototype: false });
  expect(virtual.natives).not.toEqual(native.natives);
  expect(after).toEqual(native);
});

test('puts back the same functions, not just equal ones', async ({ page, filmPage, cdm }) => {
  await filmPage.open();
  await cdm.uninstall();
  const before = await page.evaluateHandle(readFunctions);
  await page.evaluate((given) => {
    SecurePlayerVirtualCdm.installVirtualCdm({ systems: given }).uninstall();
  }, systems);
  const after = await page.evaluateHandle(readFunctions);

  expect(
    await before.evaluate(
      (one, other) => [
        one.length,
        one.length === other.length && one.every((each, index) => each === other[index]),
      ],
      after,
    ),
  ).toEqual([expect.any(Number), true]);
});

test('leaves to the page what the page has put over it, and passes everything on from there', async ({
  page,
  filmPage,
  cdm,
}) => {
  await page.evaluate(() => {
    const ours = Reflect.get(Navigator.prototype, 'requestMediaKeySystemAccess');
    // As a polyfill does.
    Navigator.prototype.requestMediaKeySystemAccess = function wrapped(...args) {
      return ours.apply(this, args);
    };
  });
  await filmPage.play({ keySystem: KEY_SYSTEM });
  await cdm.uninstall();

  expect(
    await page.evaluate(async () => ({
      name: navigator.requestMediaKeySystemAccess.name,
      virtual: await navigator
        .requestMediaKeySystemAccess('com.example.drm', [
          { videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }] },
        ])
        .catch((error: Error) => error.name),
      native: (
        await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [
          { videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }] },
        ])
      ).keySystem,
    })),
  ).toEqual({ name: 'wrapped', virtual: 'NotSupportedError', native: 'org.w3.clearkey' });
});

test.describe('installing twice', () => {
  const tryAgain = (given: typeof systems) => {
    try {
      SecurePlayerVirtualCdm.installVirtualCdm({ systems: given });
      return 'installed';
    } catch (error) {
      return SecurePlayerVirtualCdm.isVirtualCdmError(error)
        ? `${error.code}: ${error.message}`
        : String(error);
    }
  };

  test('is refused, and says what to do', async ({ page, filmPage }) => {
    await filmPage.open();
    expect(await page.evaluate(tryAgain, systems)).toMatch(/^already-installed: .*uninstall\(\)/);
  });

  test('is refused to another copy of the package too', async ({ page, filmPage, cdm }) => {
    await filmPage.open();
    const first = await page.evaluateHandle(() => SecurePlayerVirtualCdm);
    await page.addScriptTag({
      path: new URL(import.meta.resolve('@secure-player/virtual-cdm/classic')).pathname,
    });

    expect(await first.evaluate((api) => api !== SecurePlayerVirtualCdm)).toBe(true);
    expect(await page.evaluate(tryAgain, systems)).toMatch(/^already-installed/);
    await cdm.uninstall();
    expect(await page.evaluate(tryAgain, systems)).toBe('installed');
  });
});

test.describe('beside the browser’s own EME', () => {
  const NATIVE = 'org.w3.clearkey';

  test('Clear Key plays natively while it is not listed', async ({ page, filmPage, cdm }) => {
    await filmPage.play({ keySystem: NATIVE });
    await filmPage.expectPicture();

    expect(await cdm.sessions()).toEqual([]);
    expect(await page.evaluate(() => film.video.mediaKeys === film.mediaKeys)).toBe(true);
  });

  test('both play in one page, each in an element of its own', async ({ page, filmPage, cdm }) => {
    await filmPage.play({ keySystem: NATIVE });
    await page.evaluate(() => {
      Object.assign(globalThis, { nativeFilm: film });
      document.querySelector('video')?.remove();
    });
    await filmPage.play({ keySystem: KEY_SYSTEM });
    await filmPage.expectPicture();

    expect(await cdm.sessions()).toHaveLength(1);
    expect(
      await page.evaluate(() => (Reflect.get(globalThis, 'nativeFilm') as typeof film).events.at(-1)),
    ).not.toBe('waitingforkey');
  });

  test('keys of the one take the place of the other’s', async ({ page, filmPage }) => {
    await filmPage.open();
    const kinds = await page.evaluate(
      async (names) => {
        const video = document.createElement('video');
        const found: boolean[] = [];
        for (const name of names) {
          const access = await navigator.requestMediaKeySystemAccess(name, [
            { videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }] },
          ]);
          const keys = await access.createMediaKeys();
          await video.setMediaKeys(keys);
          found.push(video.mediaKeys === keys);
        }
        await video.setMediaKeys(null);
        return [...found, video.mediaKeys === null];
      },
      [KEY_SYSTEM, NATIVE, KEY_SYSTEM, NATIVE],
    );

    expect(kinds).toEqual([true, true, true, true, true]);
  });

  test.describe('where the same key system is virtual', () => {
    test.use({ virtualCdm: { systems: [system({ keySystem: NATIVE, dialect: 'clearkey' })] } });

    test('the virtual one wins until it is uninstalled', async ({ page, filmPage, cdm }) => {
      await filmPage.play({ keySystem: NATIVE });
      await filmPage.expectPicture();
      expect(await cdm.sessions()).toMatchObject([{ keySystem: NATIVE }]);

      await cdm.uninstall();
      await page.evaluate(() =>
        document.querySelector('video')?.replaceWith(document.createElement('video')),
      );
      await filmPage.play({ keySystem: NATIVE });
      await filmPage.expectPicture();
      await expect(cdm.sessions()).rejects.toThrow('no virtual CDM');
    });
  });

  test('a key system that neither knows is refused in the browser’s words', async ({ page, filmPage }) => {
    await filmPage.open();
    const [here, natively] = await page.evaluate(async () => {
      const ask = () =>
        navigator
          .requestMediaKeySystemAccess('com.example.unknown', [
            { videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }] },
          ])
          .catch(({ name, message }: Error) => `${name}: ${message}`);
      const virtual = await ask();
      SecurePlayerVirtualCdm.findInstalled()?.uninstall();
      return [virtual, await ask()];
    });

    expect(here).toMatch(/^NotSupportedError/);
    expect(here).toBe(natively);
  });
});

test.describe('setMediaKeys()', () => {
  test('has the errors and the states of EME', async ({ page, filmPage }) => {
    await filmPage.open();
    const outcomes = await page.evaluate(async () => {
      const access = await navigator.requestMediaKeySystemAccess('com.example.drm', [
        { videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }] },
      ]);
      const [one, other] = [await access.createMediaKeys(), await access.createMediaKeys()];
      const [video, second] = [document.createElement('video'), document.createElement('video')];
      const outcome = (promise: Promise<unknown>) =>
        promise.then(
          (value) => `gives ${String(value)}`,
          (error: Error) => error.name,
        );
      const setMediaKeys = Reflect.get(video, 'setMediaKeys') as (...args: unknown[]) => Promise<void>;
      const call = (...args: unknown[]) => Reflect.apply(setMediaKeys, video, args);

      return {
        nothing: await outcome(call()),
        junk: await outcome(call({})),
        access: await outcome(call(access)),
        session: await outcome(call(one.createSession())),
        wrongThis: await outcome(Reflect.apply(setMediaKeys, {}, [one])),
        first: await outcome(call(one)),
        isSetAtOnce: video.mediaKeys === one,
        same: await outcome(call(one)),
        elsewhere: await outcome(second.setMediaKeys(one)),
        atOnce: await Promise.all([outcome(call(other)), outcome(call(null))]),
        isOther: video.mediaKeys === other,
        freed: await outcome(second.setMediaKeys(one)),
        undefinedIsNull: await outcome(call(undefined)),
        isNull: video.mediaKeys === null,
        isReadonly: (() => {
          Reflect.set(video, 'mediaKeys', one);
          return video.mediaKeys === null;
        })(),
      };
    });

    expect(outcomes).toEqual({
      nothing: 'TypeError',
      junk: 'TypeError',
      access: 'TypeError',
      session: 'TypeError',
      wrongThis: 'TypeError',
      first: 'gives undefined',
      isSetAtOnce: true,
      same: 'gives undefined',
      elsewhere: 'QuotaExceededError',
      atOnce: ['gives undefined', 'InvalidStateError'],
      isOther: true,
      freed: 'gives undefined',
      undefinedIsNull: 'gives undefined',
      isNull: true,
      isReadonly: true,
    });
  });
});

test.describe('where pages have no EME, or may not use it', () => {
  test('nothing is thrown and nothing changed in a page that is not secure', async ({ page }) => {
    await page.route('http://insecure.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><video></video>' }),
    );
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    await page.goto('http://insecure.test/');

    expect(
      await page.evaluate(() => [
        isSecureContext,
        'requestMediaKeySystemAccess' in navigator,
        'setMediaKeys' in HTMLMediaElement.prototype,
        SecurePlayerVirtualCdm.findInstalled()?.sessions,
      ]),
    ).toEqual([false, false, false, []]);
    expect(lines.at(-1)).toContain('finds no EME in this page');
  });

  test('a permissions policy forbids the virtual CDM too', async ({ page, filmPage }) => {
    await page.route(filmPage.url, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'permissions-policy': 'encrypted-media=()' },
      });
    });
    await filmPage.open();

    expect(
      await page.evaluate(async () => {
        const video = {
          contentType: 'video/mp4; codecs="avc1.4d401e"',
          width: 640,
          height: 360,
          bitrate: 1e6,
          framerate: 25,
        };
        const name = (error: Error) => error.name;
        const ask = (keySystem: string, configurations: unknown) =>
          navigator
            .requestMediaKeySystemAccess(keySystem, configurations as MediaKeySystemConfiguration[])
            .then(() => 'granted', name);
        return {
          request: await ask('com.example.drm', [
            { videoCapabilities: [{ contentType: video.contentType }] },
          ]),
          noConfiguration: await ask('com.example.drm', []),
          junk: await ask('com.example.drm', 7),
          decodingInfo: await navigator.mediaCapabilities
            .decodingInfo({
              type: 'media-source',
              video,
              keySystemConfiguration: { keySystem: 'com.example.drm' },
            })
            .then(() => 'answered', name),
        };
      }),
    ).toEqual({
      request: 'SecurityError',
      noConfiguration: 'SecurityError',
      junk: 'TypeError',
      decodingInfo: 'SecurityError',
    });
  });
});

test.describe('every document has one of its own:', () => {
  for (const kind of ['src', 'srcdoc', 'blank'] as const) {
    test(`a frame by ${kind}`, async ({ page, filmPage, cdm }) => {
      await page.evaluate(
        ([how, url]) => {
          const frame = document.createElement('iframe');
          if (how === 'src') frame.src = url;
          if (how === 'srcdoc') frame.srcdoc = '<!doctype html><video></video>';
          frame.allow = 'encrypted-media; autoplay';
          document.body.append(frame);
        },
        [kind, filmPage.url] as const,
      );
      const frame = page.frames()[1];
      if (!frame) throw new Error('There is no frame.');
      if (kind !== 'blank') await frame.waitForSelector('body > *', { state: 'attached' });

      const keyId = await filmPage.play({ keySystem: KEY_SYSTEM, place: frame });
      await expect.poll(() => frame.evaluate(() => film.video.currentTime)).toBeGreaterThan(0);
      expect(await cdm.sessions()).toEqual([]);
      expect(await cdm.in(frame).sessions()).toMatchObject([{ keyStatuses: [{ keyId }] }]);
    });
  }

  for (const kind of ['address', 'blank'] as const) {
    test(`a popup by ${kind}`, async ({ page, filmPage, cdm }) => {
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate((url) => void window.open(url), kind === 'address' ? filmPage.url : ''),
      ]);
      await popup.waitForLoadState();

      const keyId = await filmPage.play({ keySystem: KEY_SYSTEM, place: popup });
      await expect.poll(() => popup.evaluate(() => film.video.currentTime)).toBeGreaterThan(0);
      expect(await cdm.sessions()).toEqual([]);
      expect(await cdm.in(popup).sessions()).toMatchObject([{ keyStatuses: [{ keyId }] }]);
    });
  }
});

test('a page without the option has the browser’s own EME, and a control that says so', async ({
  browser,
  filmPage,
  cdm,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(filmPage.url);

  expect(await page.evaluate(() => 'SecurePlayerVirtualCdm' in globalThis)).toBe(false);
  await expect(cdm.in(page).sessions()).rejects.toThrow('set the option `virtualCdm`');
  await context.close();
});
