import { system, widevine } from '@secure-player/virtual-cdm';

import { expect, test } from '../virtual-cdm/virtual-cdm-test.js';

const VIDEO = {
  contentType: 'video/mp4; codecs="avc1.4d401e"',
  width: 640,
  height: 360,
  bitrate: 1_000_000,
  framerate: 25,
};
const AUDIO = { contentType: 'audio/mp4; codecs="mp4a.40.2"' };

test.use({
  virtualCdm: {
    systems: [widevine(), system({ keySystem: 'com.example.drm', dialect: 'clearkey' })],
  },
});

/** Runs in the page. What is no object is passed on as it is. */
async function ask(configuration: unknown) {
  try {
    const { keySystemAccess, ...info } = await navigator.mediaCapabilities.decodingInfo(
      configuration as MediaDecodingConfiguration,
    );
    return {
      supported: info.supported,
      smooth: info.smooth,
      access: keySystemAccess && {
        isAccess: keySystemAccess instanceof MediaKeySystemAccess,
        keySystem: keySystemAccess.keySystem,
        ...keySystemAccess.getConfiguration(),
      },
    };
  } catch (error) {
    return (error as Error).name;
  }
}

// The fixture has opened the page.
test.beforeEach(({ filmPage }) => void filmPage);

test('gives the access for what a virtual key system can do', async ({ page }) => {
  const answer = await page.evaluate(ask, {
    type: 'media-source',
    video: VIDEO,
    audio: AUDIO,
    keySystemConfiguration: {
      keySystem: 'com.widevine.alpha',
      initDataType: 'cenc',
      persistentState: 'required',
      sessionTypes: ['persistent-license'],
      video: { robustness: 'SW_SECURE_DECODE', encryptionScheme: 'cbcs' },
      audio: { robustness: 'SW_SECURE_CRYPTO' },
    },
  });

  expect(answer).toMatchObject({
    supported: true,
    access: {
      isAccess: true,
      keySystem: 'com.widevine.alpha',
      initDataTypes: ['cenc'],
      persistentState: 'required',
      sessionTypes: ['persistent-license'],
      videoCapabilities: [
        { contentType: VIDEO.contentType, robustness: 'SW_SECURE_DECODE', encryptionScheme: 'cbcs' },
      ],
      audioCapabilities: [
        { contentType: AUDIO.contentType, robustness: 'SW_SECURE_CRYPTO', encryptionScheme: null },
      ],
    },
  });
});

test('plays with the access that it gives', async ({ page }) => {
  expect(
    await page.evaluate(async (video) => {
      const { keySystemAccess } = await navigator.mediaCapabilities.decodingInfo({
        type: 'media-source',
        video,
        keySystemConfiguration: { keySystem: 'com.example.drm' },
      });
      const keys = await keySystemAccess?.createMediaKeys();
      const element = document.createElement('video');
      await element.setMediaKeys(keys ?? null);
      return keys !== undefined && element.mediaKeys === keys;
    }, VIDEO),
  ).toBe(true);
});

test('knows how well media decode as the browser does', async ({ page }) => {
  const [clear, encrypted] = await page.evaluate(async (video) => {
    const info = (more: object) =>
      navigator.mediaCapabilities.decodingInfo({
        type: 'media-source',
        video,
        ...more,
      });
    const pick = ({ supported, smooth, powerEfficient }: MediaCapabilitiesDecodingInfo) => ({
      supported,
      smooth,
      powerEfficient,
    });
    return [
      pick(await info({})),
      pick(await info({ keySystemConfiguration: { keySystem: 'com.example.drm' } })),
    ];
  }, VIDEO);

  expect(encrypted).toEqual(clear);
});

const REFUSED = { supported: false, smooth: false, access: null };
const WIDEVINE = {
  type: 'media-source',
  video: VIDEO,
  keySystemConfiguration: { keySystem: 'com.widevine.alpha' },
};

test('supports nothing where a test has planned that, for one question', async ({ page, cdm }) => {
  await cdm.failNext('request-access', 'NotSupportedError');

  expect(await page.evaluate(ask, WIDEVINE)).toEqual(REFUSED);
  expect(await page.evaluate(ask, WIDEVINE)).toMatchObject({ supported: true });
  expect((await cdm.log()).map(({ type }) => type)).toEqual(['fault', 'access-refused', 'access']);
});

test('is rejected where a test has planned another error', async ({ page, cdm }) => {
  await cdm.failNext('request-access', 'SecurityError');

  expect(await page.evaluate(ask, WIDEVINE)).toBe('SecurityError');
});

for (const [title, change] of [
  ['a robustness that there is not', { video: { robustness: 'HW_SECURE_ALL' } }],
  ['a scheme that the browser cannot decrypt', { video: { encryptionScheme: 'cens' } }],
  ['init data of a type that there is not', { initDataType: 'sinf' }],
  ['a session type that there is not', { sessionTypes: ['persistent-usage-record'] }],
] as const) {
  test(`supports not ${title}`, async ({ page }) => {
    const keySystemConfiguration = { keySystem: 'com.widevine.alpha', ...change };
    expect(await page.evaluate(ask, { type: 'media-source', video: VIDEO, keySystemConfiguration })).toEqual(
      REFUSED,
    );
  });
}

test('supports not what the browser cannot decode', async ({ page }) => {
  expect(
    await page.evaluate(ask, {
      type: 'media-source',
      video: { ...VIDEO, contentType: 'video/mp4; codecs="nonsense"' },
      keySystemConfiguration: { keySystem: 'com.widevine.alpha' },
    }),
  ).toEqual(REFUSED);
});

const KEY_SYSTEM = { keySystem: 'com.widevine.alpha' };
for (const [title, configuration] of [
  ['neither audio nor video', { type: 'media-source', keySystemConfiguration: KEY_SYSTEM }],
  ['no type', { video: VIDEO, keySystemConfiguration: KEY_SYSTEM }],
  ['a type of WebRTC', { type: 'webrtc', video: VIDEO, keySystemConfiguration: KEY_SYSTEM }],
  [
    'demands on audio without audio',
    { type: 'media-source', video: VIDEO, keySystemConfiguration: { ...KEY_SYSTEM, audio: {} } },
  ],
  [
    'a requirement that is none',
    { type: 'media-source', video: VIDEO, keySystemConfiguration: { ...KEY_SYSTEM, persistentState: 'x' } },
  ],
] as const) {
  test(`rejects a configuration with ${title} as the browser does`, async ({ page }) => {
    const native = {
      ...configuration,
      keySystemConfiguration: { ...configuration.keySystemConfiguration, keySystem: 'org.w3.clearkey' },
    };
    expect(await page.evaluate(ask, configuration)).toBe('TypeError');
    expect(await page.evaluate(ask, native)).toBe('TypeError');
  });
}

test('leaves clear media, other key systems and junk to the browser', async ({ page }) => {
  const clear = { type: 'media-source', video: VIDEO };
  const answers = [
    await page.evaluate(ask, clear),
    await page.evaluate(ask, { ...clear, keySystemConfiguration: { keySystem: 'org.w3.clearkey' } }),
    await page.evaluate(ask, { ...clear, keySystemConfiguration: { keySystem: 'com.example.unknown' } }),
    await page.evaluate(ask, { ...clear, keySystemConfiguration: { keySystem: '' } }),
    await page.evaluate(ask, null),
    await page.evaluate(ask, 7),
  ];

  expect(answers).toMatchObject([
    { supported: true, access: null },
    { supported: true, access: { isAccess: true, keySystem: 'org.w3.clearkey' } },
    { supported: false, access: null },
    'TypeError',
    'TypeError',
    'TypeError',
  ]);
});
