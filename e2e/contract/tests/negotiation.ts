import { contracts } from '../contract-test.js';
import type { ContractEnvironment } from '../page/contract-environment.js';
import { equal, rejects } from '../page/expectations.js';

const VIDEO = 'video/mp4; codecs="avc1.640028"';
const AUDIO = 'audio/mp4; codecs="mp4a.40.2"';

async function refuses(environment: ContractEnvironment, changes: object, what: string): Promise<void> {
  await rejects(() => environment.negotiate(changes), 'NotSupportedError', what);
}

/** The content types that are left of these. */
async function videoTypes(environment: ContractEnvironment, contentTypes: readonly string[]) {
  const { videoCapabilities } = await environment.negotiate({
    videoCapabilities: contentTypes.map((contentType) => ({ contentType })),
  });
  return videoCapabilities?.map(({ contentType }) => contentType);
}

export const negotiationContracts = [
  ...contracts('Get Supported Configuration and Consent', {
    'unsupported initialization data types are left out, the others keep their order': async (
      environment,
    ) => {
      const { initDataTypes } = await environment.negotiate({
        initDataTypes: ['unheard-of', 'keyids', '', 'CENC', 'cenc'],
      });
      equal(initDataTypes, ['keyids', 'cenc'], 'initDataTypes');
    },
    'a configuration without a supported initialization data type is not supported': async (environment) => {
      await refuses(environment, { initDataTypes: ['unheard-of'] }, 'unknown type');
      await refuses(environment, { initDataTypes: [''] }, 'empty type');
      await refuses(environment, { initDataTypes: ['KEYIDS'] }, 'type in upper case');
      await refuses(environment, { initDataTypes: ['keyids '] }, 'type with a space');
    },
    'no initialization data types in, none out': async (environment) => {
      equal((await environment.negotiate({ initDataTypes: [] })).initDataTypes, [], 'empty list');
      const { videoCapabilities } = environment.configuration();
      const access = await environment.requestAccess([{ videoCapabilities: videoCapabilities ?? [] }]);
      equal(access.getConfiguration().initDataTypes, [], 'no list');
    },
    'a configuration without capabilities is not supported': async (environment) => {
      await refuses(environment, { videoCapabilities: [] }, 'no capabilities');
      await refuses(environment, { videoCapabilities: [], audioCapabilities: [] }, 'empty capabilities');
    },
    'sound alone is supported': async (environment) => {
      const configuration = await environment.negotiate({
        videoCapabilities: [],
        audioCapabilities: [{ contentType: AUDIO }],
      });
      equal(configuration.videoCapabilities, [], 'videoCapabilities');
      equal(
        configuration.audioCapabilities?.map(({ contentType }) => contentType),
        [AUDIO],
        'audioCapabilities',
      );
    },
    'no sound in, no sound out': async (environment) => {
      equal((await environment.negotiate({})).audioCapabilities, [], 'audioCapabilities');
    },
    'unsupported video does not pass where sound is supported': async (environment) => {
      const changes = {
        videoCapabilities: [{ contentType: 'video/mp4; codecs="unheard-of"' }],
        audioCapabilities: [{ contentType: AUDIO }],
      };
      await refuses(environment, changes, 'unsupported video');
    },
    'session types are those asked for, and temporary where none were': async (environment) => {
      equal((await environment.negotiate({})).sessionTypes, ['temporary'], 'no list');
      equal(
        (await environment.negotiate({ sessionTypes: ['temporary'] })).sessionTypes,
        ['temporary'],
        'temporary',
      );
    },
    'an empty list of session types stays empty': async (environment) => {
      equal((await environment.negotiate({ sessionTypes: [] })).sessionTypes, [], 'sessionTypes');
    },
    'an unknown session type is not supported, also beside a known one': async (environment) => {
      await refuses(environment, { sessionTypes: ['unheard-of'] }, 'unknown type');
      await refuses(environment, { sessionTypes: ['temporary', 'unheard-of'] }, 'one of two unknown');
      await refuses(environment, { sessionTypes: [''] }, 'empty type');
      await refuses(environment, { sessionTypes: ['persistent-usage-record'] }, 'persistent-usage-record');
    },
    'persistent licenses are not supported where state may not be kept': async (environment) => {
      const changes = { sessionTypes: ['persistent-license'], persistentState: 'not-allowed' };
      await refuses(environment, changes, 'persistent-license');
    },
    'state is not kept where it is not asked for': async (environment) => {
      equal((await environment.negotiate({})).persistentState, 'not-allowed', 'nothing given');
      equal(
        (await environment.negotiate({ persistentState: 'optional' })).persistentState,
        'not-allowed',
        'optional',
      );
      equal(
        (await environment.negotiate({ persistentState: 'not-allowed' })).persistentState,
        'not-allowed',
        'not-allowed',
      );
    },
  }),
  ...contracts(
    'Get Supported Configuration and Consent',
    {
      'persistent licenses require that state be kept': async (environment) => {
        const configuration = await environment.negotiate({
          sessionTypes: ['temporary', 'persistent-license'],
        });
        equal(configuration.persistentState, 'required', 'persistentState');
        equal(configuration.sessionTypes, ['temporary', 'persistent-license'], 'sessionTypes');
      },
      'state that is required is kept, also for temporary sessions': async (environment) => {
        const configuration = await environment.negotiate({ persistentState: 'required' });
        equal(configuration.persistentState, 'required', 'persistentState');
        equal(configuration.sessionTypes, ['temporary'], 'sessionTypes');
      },
    },
    { needs: ['persistent-license'] },
  ),
  ...contracts('Clear Key: Capabilities', {
    'there is no distinctive identifier': async (environment) => {
      await refuses(environment, { distinctiveIdentifier: 'required' }, 'required');
      for (const distinctiveIdentifier of ['optional', 'not-allowed'] as const) {
        const configuration = await environment.negotiate({ distinctiveIdentifier });
        equal(configuration.distinctiveIdentifier, 'not-allowed', distinctiveIdentifier);
      }
    },
    'the empty robustness is the only one': async (environment) => {
      for (const robustness of ['SW_SECURE_CRYPTO', 'unheard-of', ' ']) {
        await refuses(
          environment,
          { videoCapabilities: [{ contentType: VIDEO, robustness }] },
          `robustness "${robustness}"`,
        );
      }
      const { videoCapabilities } = await environment.negotiate({
        videoCapabilities: [
          { contentType: VIDEO, robustness: 'unheard-of' },
          { contentType: VIDEO, robustness: '' },
        ],
      });
      equal(
        videoCapabilities?.map(({ robustness }) => robustness),
        [''],
        'robustness that is left',
      );
    },
    'cenc is supported, and named in the configuration': async (environment) => {
      const { videoCapabilities } = await environment.negotiate({
        videoCapabilities: [{ contentType: VIDEO, encryptionScheme: 'cenc' }],
      });
      equal(videoCapabilities?.[0]?.encryptionScheme, 'cenc', 'encryptionScheme');
    },
    'cbcs is supported, and named in the configuration': async (environment) => {
      const { videoCapabilities } = await environment.negotiate({
        videoCapabilities: [{ contentType: VIDEO, encryptionScheme: 'cbcs' }],
      });
      equal(videoCapabilities?.[0]?.encryptionScheme, 'cbcs', 'encryptionScheme');
    },
  }),
  ...contracts('Get Supported Capabilities for Audio/Video Type', {
    'unsupported content types are left out, the others keep their order and their letters': async (
      environment,
    ) => {
      const kept = [
        'video/mp4; codecs="avc1.4d401e"',
        "video/mp4;codecs='avc1.640028'",
        'VIDEO/MP4;codecs=avc1.64001e',
      ];
      const [one = '', , other = ''] = kept;
      equal(
        await videoTypes(environment, [
          'video/mp4; codecs="unheard-of"',
          one,
          'video/unheard-of; codecs="avc1.640028"',
          other,
        ]),
        [one, other],
        'content types',
      );
    },
    'a configuration without a supported content type is not supported': async (environment) => {
      for (const contentType of [
        'video/mp4; codecs="unheard-of"',
        'video/unheard-of',
        'nonsense',
        'text/html',
      ]) {
        await refuses(environment, { videoCapabilities: [{ contentType }] }, contentType);
      }
    },
    'an empty content type spoils the whole list': async (environment) => {
      await refuses(environment, { videoCapabilities: [{ contentType: '' }] }, 'alone');
      await refuses(
        environment,
        { videoCapabilities: [{ contentType: VIDEO }, { contentType: '' }] },
        'beside a supported one',
      );
      await refuses(environment, { videoCapabilities: [{}] }, 'missing');
    },
    'sound is no video, and video is no sound': async (environment) => {
      await refuses(environment, { videoCapabilities: [{ contentType: AUDIO }] }, 'sound as video');
      await refuses(
        environment,
        { videoCapabilities: [], audioCapabilities: [{ contentType: VIDEO }] },
        'video as sound',
      );
      await refuses(
        environment,
        { videoCapabilities: [{ contentType: 'video/mp4; codecs="mp4a.40.2"' }] },
        'sound in a video container as video',
      );
    },
    'a container that leaves the codec open is not supported without one': async (environment) => {
      await refuses(environment, { videoCapabilities: [{ contentType: 'video/mp4' }] }, 'video/mp4');
    },
    'every codec of a content type must be supported': async (environment) => {
      const contentType = 'video/mp4; codecs="avc1.640028, unheard-of"';
      await refuses(environment, { videoCapabilities: [{ contentType }] }, contentType);
    },
    'an unknown parameter of a content type is not supported': async (environment) => {
      const contentType = 'video/mp4; codecs="avc1.640028"; unheard-of=1';
      await refuses(environment, { videoCapabilities: [{ contentType }] }, contentType);
    },
    'an unknown encryption scheme is not supported, nor is the empty one': async (environment) => {
      for (const encryptionScheme of ['unheard-of', '', 'CENC']) {
        await refuses(
          environment,
          { videoCapabilities: [{ contentType: VIDEO, encryptionScheme }] },
          `scheme "${encryptionScheme}"`,
        );
      }
    },
  }),
  ...contracts('getConfiguration()', {
    'an encryption scheme that was not given is null': async (environment) => {
      for (const capability of [{}, { encryptionScheme: null }]) {
        const { videoCapabilities } = await environment.negotiate({
          videoCapabilities: [{ contentType: VIDEO, ...capability }],
        });
        equal(
          videoCapabilities,
          [{ contentType: VIDEO, encryptionScheme: null, robustness: '' }],
          'videoCapabilities',
        );
      }
    },
  }),
];
