import { describe, expect, it } from 'vitest';
import type { FeatureSupport, VirtualSystem } from '../system/virtual-system.js';
import type { Capability, Configuration, Requirement } from './configuration.js';
import { negotiate } from './negotiate.js';

const SYSTEM: VirtualSystem = {
  keySystem: 'com.example.drm',
  aliases: [],
  dialect: 'widevine',
  videoRobustness: ['LOW', 'HIGH'],
  audioRobustness: ['LOW'],
  securityLevel: 'software',
  initDataTypes: ['cenc', 'webm'],
  encryptionSchemes: ['cenc', 'cbcs'],
  sessionTypes: ['temporary', 'persistent-license'],
  distinctiveIdentifier: 'supported',
  persistentState: 'supported',
  serverCertificate: 'optional',
  provisioning: 'factory',
  rotation: 'spec',
  rootKeys: {},
  bareMessages: false,
};

const VIDEO = capability('video/mp4; codecs="avc1.42E01E"');
const AUDIO = capability('audio/mp4; codecs="mp4a.40.2"');

function capability(contentType: string, change: Partial<Capability> = {}): Capability {
  return { contentType, encryptionScheme: null, robustness: '', ...change };
}

function candidate(change: Partial<Configuration> = {}): Configuration {
  return {
    label: '',
    initDataTypes: [],
    audioCapabilities: [],
    videoCapabilities: [VIDEO],
    distinctiveIdentifier: 'optional',
    persistentState: 'optional',
    ...change,
  };
}

type Question = readonly [kind: string, contentType: string, encryptionScheme: string | null];

/** A place that plays everything but types with `fake` in them. */
function setup(system: Partial<VirtualSystem> = {}) {
  const questions: Question[] = [];

  return {
    questions,
    ask: (change?: Partial<Configuration>) =>
      negotiate({ ...SYSTEM, ...system }, candidate(change), async (...question) => {
        questions.push(question);
        return !question[1].includes('fake');
      }),
  };
}

describe('a supported configuration', () => {
  it('has every member, and nothing is left open in it', async () => {
    expect(await setup().ask({ label: 'mine', audioCapabilities: [AUDIO] })).toEqual({
      label: 'mine',
      initDataTypes: [],
      audioCapabilities: [AUDIO],
      videoCapabilities: [VIDEO],
      distinctiveIdentifier: 'not-allowed',
      persistentState: 'not-allowed',
      sessionTypes: ['temporary'],
    });
  });

  it('has the strings of the page as they were written', async () => {
    const odd = capability(' VIDEO/mp4 ;CODECS=" avc1.42E01E" ', {
      encryptionScheme: 'cbcs',
      robustness: 'HIGH',
    });

    expect(await setup().ask({ videoCapabilities: [odd] })).toMatchObject({ videoCapabilities: [odd] });
  });

  it('has encryptionScheme in every capability, null where the page named none', async () => {
    const supported = await setup().ask();

    expect(supported?.videoCapabilities[0]).toHaveProperty('encryptionScheme', null);
  });
});

describe('init data types', () => {
  it('keeps those that are supported, in their order', async () => {
    const supported = await setup().ask({ initDataTypes: ['webm', 'fake', 'cenc', 'webm'] });

    expect(supported?.initDataTypes).toEqual(['webm', 'cenc', 'webm']);
  });

  it.each([[['fake']], [['CENC']], [['']], [['', 'keyids']]])('refuses %j', async (initDataTypes) => {
    expect(await setup().ask({ initDataTypes })).toBeNull();
  });
});

describe.each(['distinctiveIdentifier', 'persistentState'] as const)('%s', (feature) => {
  it.each([
    ['not-supported', 'required', null],
    ['not-supported', 'optional', 'not-allowed'],
    ['not-supported', 'not-allowed', 'not-allowed'],
    ['supported', 'required', 'required'],
    ['supported', 'optional', 'not-allowed'],
    ['supported', 'not-allowed', 'not-allowed'],
    ['required', 'required', 'required'],
    ['required', 'optional', 'required'],
    ['required', 'not-allowed', null],
  ] satisfies [FeatureSupport, Requirement, string | null][])(
    'that is %s, asked for as %s: %s',
    async (support, requirement, expected) => {
      const supported = await setup({ [feature]: support }).ask({ [feature]: requirement });

      expect(supported?.[feature] ?? null).toBe(expected);
    },
  );
});

describe('session types', () => {
  it('are temporary where the page named none, and none where it named none of them', async () => {
    expect((await setup().ask())?.sessionTypes).toEqual(['temporary']);
    expect((await setup().ask({ sessionTypes: [] }))?.sessionTypes).toEqual([]);
  });

  it('are given back as they were asked for', async () => {
    const sessionTypes = ['temporary', 'persistent-license', 'temporary'];

    expect((await setup().ask({ sessionTypes }))?.sessionTypes).toEqual(sessionTypes);
  });

  it.each([[['persistent-license']], [['temporary', 'persistent-license']]])(
    'make persistent state required: %j',
    async (sessionTypes) => {
      expect(await setup().ask({ sessionTypes })).toMatchObject({ persistentState: 'required' });
    },
  );

  it.each([
    ['an unknown one', { sessionTypes: ['temporary', 'fake'] }, {}],
    ['one in upper case', { sessionTypes: ['Temporary'] }, {}],
    ['one that the system lacks', { sessionTypes: ['persistent-usage-record'] }, {}],
    [
      'a persistent one without persistent state',
      { sessionTypes: ['persistent-license'], persistentState: 'not-allowed' },
      {},
    ],
    [
      'a persistent one of a system without persistent state',
      { sessionTypes: ['persistent-license'] },
      { persistentState: 'not-supported' },
    ],
  ] satisfies [string, Partial<Configuration>, Partial<VirtualSystem>][])(
    'refuse %s',
    async (_, change, system) => {
      expect(await setup(system).ask(change)).toBeNull();
    },
  );

  it('may be usage records where the system keeps them', async () => {
    const { ask } = setup({ sessionTypes: ['temporary', 'persistent-usage-record'] });

    expect(await ask({ sessionTypes: ['persistent-usage-record'] })).toMatchObject({
      persistentState: 'required',
      sessionTypes: ['persistent-usage-record'],
    });
  });
});

describe('capabilities', () => {
  it('are needed: none at all is not supported', async () => {
    expect(await setup().ask({ videoCapabilities: [] })).toBeNull();
  });

  it('may be of audio alone', async () => {
    expect(await setup().ask({ videoCapabilities: [], audioCapabilities: [AUDIO] })).toMatchObject({
      videoCapabilities: [],
      audioCapabilities: [AUDIO],
    });
  });

  it('keep those that are supported, in their order', async () => {
    const first = capability('video/webm; codecs="vp8"', { robustness: 'LOW' });
    const videoCapabilities = [
      capability('video/fake; codecs="vp8"'),
      first,
      capability('nonsense'),
      VIDEO,
      first,
    ];

    expect(await setup().ask({ videoCapabilities })).toMatchObject({
      videoCapabilities: [first, VIDEO, first],
    });
  });

  it('of one kind do not make up for those of the other', async () => {
    const fake = capability('audio/fake; codecs="mp4a.40.2"');

    expect(await setup().ask({ audioCapabilities: [fake] })).toBeNull();
    expect(await setup().ask({ videoCapabilities: [fake], audioCapabilities: [AUDIO] })).toBeNull();
  });

  it.each([
    ['a robustness that the system does not reach', { robustness: 'HIGHER' }],
    ['a robustness in lower case', { robustness: 'high' }],
    ['a scheme that the system lacks', { encryptionScheme: 'cens' }],
    ['an empty scheme', { encryptionScheme: '' }],
    ['a scheme in upper case', { encryptionScheme: 'CENC' }],
  ])('are skipped for %s', async (_, change) => {
    const { ask, questions } = setup();
    const odd = { ...VIDEO, ...change };

    expect(await ask({ videoCapabilities: [odd] })).toBeNull();
    expect(questions).toEqual([]);
    expect(await ask({ videoCapabilities: [odd, VIDEO] })).toMatchObject({ videoCapabilities: [VIDEO] });
  });

  it('take robustness of their own kind', async () => {
    const audioCapabilities = [{ ...AUDIO, robustness: 'HIGH' }];

    expect(await setup().ask({ audioCapabilities })).toBeNull();
  });

  it.each([
    'nonsense',
    'video/mp4',
    'video/mp4; foo="bar"',
    'video/mp4; codecs="avc1.42E01E"; foo="bar"',
    'video/mp4; codecs=",avc1.42E01E"',
    'audio/mp4; codecs="mp4a.40.2"',
    'audio/mp4; codecs="avc1.42E01E"',
    'application/mp4; codecs="avc1.42E01E"',
    'video/mp4; codecs="mp4a.40.2"',
    'video/webm; codecs="vp8,vorbis"',
    'video/webm; codecs="vorbis, vp8"',
  ])('are no video as %s', async (contentType) => {
    expect(await setup().ask({ videoCapabilities: [capability(contentType)] })).toBeNull();
  });

  it.each([
    'video/mp4; codecs="avc1.42E01E"',
    'audio/webm; codecs="vp8"',
    'audio/webm; codecs="vp8,vorbis"',
    'audio/mp4',
  ])('are no audio as %s', async (contentType) => {
    const audioCapabilities = [capability(contentType)];

    expect(await setup().ask({ videoCapabilities: [], audioCapabilities })).toBeNull();
  });

  it('need no codecs where the container implies them', async () => {
    const audioCapabilities = [capability('audio/mpeg')];

    expect(await setup().ask({ videoCapabilities: [], audioCapabilities })).toMatchObject({
      audioCapabilities,
    });
  });

  it.each([[[capability('')]], [[VIDEO, capability('')]]])(
    'are refused whole where one has no content type',
    async (videoCapabilities) => {
      expect(await setup().ask({ videoCapabilities })).toBeNull();
    },
  );

  it('are put to the platform as they were written, video first', async () => {
    const { ask, questions } = setup();
    const odd = capability(' video/mp4;codecs="unheard-of"', { encryptionScheme: 'cbcs' });
    await ask({ videoCapabilities: [odd], audioCapabilities: [AUDIO] });

    expect(questions).toEqual([
      ['video', odd.contentType, 'cbcs'],
      ['audio', AUDIO.contentType, null],
    ]);
  });
});

it('rejects where the platform cannot be asked', async () => {
  const fault = new Error('no Clear Key');

  await expect(negotiate(SYSTEM, candidate(), () => Promise.reject(fault))).rejects.toBe(fault);
});
