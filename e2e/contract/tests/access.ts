import { contracts } from '../contract-test.js';
import { equal, nameOf, rejects } from '../page/expectations.js';

/** Calls with what TypeScript would not let through. */
function ask(...parameters: readonly unknown[]): Promise<MediaKeySystemAccess> {
  return Reflect.apply(navigator.requestMediaKeySystemAccess.bind(navigator), navigator, parameters);
}

export const accessContracts = [
  ...contracts('requestMediaKeySystemAccess()', {
    'access to a key system without a name is refused': async (environment) => {
      await rejects(() => ask('', [environment.configuration()]), 'TypeError', 'empty key system');
    },
    'access without configurations is refused': async ({ keySystem }) => {
      await rejects(() => ask(keySystem, []), 'TypeError', 'no configurations');
    },
    'access without arguments is refused, by a promise': async ({ keySystem }) => {
      await rejects(() => ask(), 'TypeError', 'no arguments');
      await rejects(() => ask(keySystem), 'TypeError', 'one argument');
    },
    'access with something else than a list of configurations is refused': async (environment) => {
      await rejects(() => ask(environment.keySystem, null), 'TypeError', 'null');
      await rejects(() => ask(environment.keySystem, environment.configuration()), 'TypeError', 'an object');
      await rejects(() => ask(environment.keySystem, [1]), 'TypeError', 'a list of numbers');
    },
    'an unknown key system is not supported': async (environment) => {
      for (const keySystem of ['com.example.unknown', 'unsupported', '\u028F\u2620']) {
        await rejects(
          () => environment.requestAccess(undefined, keySystem),
          'NotSupportedError',
          `key system ${keySystem}`,
        );
      }
    },
    'key systems are told apart by case': async (environment) => {
      for (const keySystem of [environment.keySystem.toUpperCase(), 'org.w3.ClearKey', 'Org.w3.clearkey']) {
        await rejects(
          () => environment.requestAccess(undefined, keySystem),
          'NotSupportedError',
          `key system ${keySystem}`,
        );
      }
    },
    'a part of a key system, or more than it, is not the key system': async (environment) => {
      const { keySystem } = environment;
      const others = [
        keySystem.slice(0, keySystem.lastIndexOf('.')),
        `${keySystem}.`,
        `${keySystem}.sub`,
        ` ${keySystem}`,
        `${keySystem} `,
      ];
      for (const other of others) {
        await rejects(
          () => environment.requestAccess(undefined, other),
          'NotSupportedError',
          `key system "${other}"`,
        );
      }
    },
    'the access bears the name of the key system': async (environment) => {
      const access = await environment.requestAccess();
      equal(access.keySystem, environment.keySystem, 'keySystem');
    },
    'the first configuration that is supported is taken': async (environment) => {
      const access = await environment.requestAccess([
        environment.configuration({ label: 'unsupported', initDataTypes: ['unheard-of'] }),
        environment.configuration({ label: 'first' }),
        environment.configuration({ label: 'second' }),
      ]);
      equal(access.getConfiguration().label, 'first', 'label');
    },
    'each request is answered with an access of its own': async (environment) => {
      const [one, other] = [await environment.requestAccess(), await environment.requestAccess()];
      equal(one === other, false, 'the same object');
    },
    'an error of the platform is a DOMException': async (environment) => {
      const error = await rejects(
        () => environment.requestAccess(undefined, 'com.example.unknown'),
        'NotSupportedError',
        'unknown key system',
      );
      equal(error instanceof DOMException, true, 'instanceof DOMException');
    },
    'an unknown requirement is refused': async (environment) => {
      for (const member of ['distinctiveIdentifier', 'persistentState']) {
        const configuration = { ...environment.configuration(), [member]: 'perhaps' };
        await rejects(() => ask(environment.keySystem, [configuration]), 'TypeError', member);
      }
    },
  }),
  ...contracts('Permissions Policy Integration', {
    'a document that may not use encrypted media gets no access': async (environment) => {
      const frame = await environment.openFrame({ allow: "encrypted-media 'none'" });
      await rejects(() => frame.requestAccess(), 'SecurityError', 'access in the frame');
    },
    'a document of the same origin may use encrypted media': async (environment) => {
      const frame = await environment.openFrame();
      const access = await frame.requestAccess();
      equal(access.keySystem, environment.keySystem, 'keySystem');
    },
  }),
  ...contracts('getConfiguration()', {
    'the configuration is a new object each time': async (environment) => {
      const access = await environment.requestAccess([environment.configuration({ label: 'given' })]);
      const configuration = access.getConfiguration();
      configuration.label = 'changed';
      configuration.initDataTypes?.push('changed');

      equal(access.getConfiguration() === configuration, false, 'the same object');
      equal(access.getConfiguration().label, 'given', 'label');
      equal(access.getConfiguration().initDataTypes, ['keyids', 'cenc', 'webm'], 'initDataTypes');
    },
    'the configuration has the members of the dictionary and no others': async (environment) => {
      const configuration = await environment.negotiate({ ...({ unknown: 1 } as object) });
      equal(
        Object.keys(configuration).sort(),
        [
          'audioCapabilities',
          'distinctiveIdentifier',
          'initDataTypes',
          'label',
          'persistentState',
          'sessionTypes',
          'videoCapabilities',
        ],
        'members',
      );
    },
    'a label is kept, and empty where none was given': async (environment) => {
      equal((await environment.negotiate({ label: 'a label' })).label, 'a label', 'label given');
      equal((await environment.negotiate({})).label, '', 'no label given');
    },
    'the configuration is that of the time of the request': async (environment) => {
      const configuration = environment.configuration({ label: 'before' });
      const request = environment.requestAccess([configuration]);
      configuration.label = 'after';
      equal((await request).getConfiguration().label, 'before', 'label');
    },
  }),
  ...contracts('createMediaKeys()', {
    'each call makes media keys of its own': async (environment) => {
      const access = await environment.requestAccess();
      const [one, other] = await Promise.all([access.createMediaKeys(), access.createMediaKeys()]);
      equal(one === other, false, 'the same object');
    },
  }),
  ...contracts('Media Capabilities: decodingInfo()', {
    'decodingInfo() gives access to a key system that it supports': async (environment) => {
      const info = await decodingInfo(environment.keySystem);
      equal([info.supported, info.keySystemAccess?.keySystem], [true, environment.keySystem], 'info');
      const mediaKeys = await info.keySystemAccess?.createMediaKeys();
      equal(typeof mediaKeys?.createSession, 'function', 'createSession of its media keys');
    },
    'decodingInfo() supports no unknown key system': async () => {
      const info = await decodingInfo('com.example.unknown').catch((error: unknown) => nameOf(error));
      if (typeof info === 'string') throw new Error(`decodingInfo() was rejected with ${info}`);
      equal([info.supported, info.keySystemAccess], [false, null], 'info');
    },
    'decodingInfo() negotiates robustness and session types': async (environment) => {
      const robust = await decodingInfo(environment.keySystem, {
        video: { robustness: 'SOMETHING' },
      });
      equal([robust.supported, robust.keySystemAccess], [false, null], 'unknown robustness');

      const unknown = await decodingInfo(environment.keySystem, { sessionTypes: ['unheard-of'] });
      equal([unknown.supported, unknown.keySystemAccess], [false, null], 'unknown session type');
    },
    'decodingInfo() without a key system gives no access': async () => {
      const info = await navigator.mediaCapabilities.decodingInfo({ type: 'media-source', video: VIDEO });
      equal([info.supported, accessOf(info)], [true, null], 'info');
    },
  }),
];

const VIDEO = {
  contentType: 'video/mp4; codecs="avc1.640028"',
  width: 640,
  height: 360,
  bitrate: 500_000,
  framerate: 25,
};

interface ProtectedDecodingInfo extends MediaCapabilitiesDecodingInfo {
  readonly keySystemAccess: MediaKeySystemAccess | null;
}

/** A question as https://www.w3.org/TR/media-capabilities/ words it for protected media. */
async function decodingInfo(
  keySystem: string,
  keySystemConfiguration: Readonly<Record<string, unknown>> = {},
): Promise<ProtectedDecodingInfo> {
  const configuration = {
    type: 'media-source',
    video: VIDEO,
    keySystemConfiguration: { keySystem, initDataType: 'cenc', ...keySystemConfiguration },
  } as MediaDecodingConfiguration;
  const info = await navigator.mediaCapabilities.decodingInfo(configuration);
  return { ...info, supported: info.supported, keySystemAccess: accessOf(info) };
}

/** Undefined, which no contract expects, where the browser does not know of key systems. */
function accessOf(info: MediaCapabilitiesDecodingInfo): MediaKeySystemAccess | null {
  return (info as ProtectedDecodingInfo).keySystemAccess;
}
