import { describe, expect, it } from 'vitest';
import { evaluateInOtherRealm } from '../testing/other-realm.js';
import { toConfigurations } from './to-configurations.js';

const EMPTY = {
  label: '',
  initDataTypes: [],
  audioCapabilities: [],
  videoCapabilities: [],
  distinctiveIdentifier: 'optional',
  persistentState: 'optional',
};
const EMPTY_CAPABILITY = { contentType: '', encryptionScheme: null, robustness: '' };

describe('the sequence', () => {
  it.each([
    ['an array', [{}, {}]],
    ['a set', new Set([{}, { label: '' }])],
    ['a generator', two()],
    ['an array of another realm', evaluateInOtherRealm('[{}, {}]')],
    ['a function that iterates', Object.assign(() => {}, { [Symbol.iterator]: two })],
  ])('may be %s', (_, value) => {
    expect(toConfigurations(value)).toEqual([EMPTY, EMPTY]);
  });

  it('may be empty', () => {
    expect(toConfigurations([])).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string, which iterates too', 'ab'],
    ['a configuration', {}],
    ['what only looks like an array', { length: 1, 0: {} }],
    ['what has no function to iterate by', { [Symbol.iterator]: 1 }],
    ['a number', 1],
  ])('is not %s', (_, value) => {
    expect(() => toConfigurations(value)).toThrow(TypeError);
  });

  function* two(): Generator<object> {
    yield {};
    yield {};
  }
});

describe('a configuration', () => {
  it.each([[undefined], [null], [{}], [[]], [() => {}]])('of no members has the defaults: %j', (value) => {
    expect(toConfigurations([value])).toEqual([EMPTY]);
  });

  it('has no session types where none were given, and an empty list where that was given', () => {
    expect(toConfigurations([{ sessionTypes: undefined }])[0]).not.toHaveProperty('sessionTypes');
    expect(toConfigurations([{ sessionTypes: [] }])[0]).toHaveProperty('sessionTypes', []);
  });

  it('is read whole', () => {
    const capability = { contentType: 'video/mp4', encryptionScheme: 'cbcs', robustness: 'HIGH' };
    const configuration = {
      label: 'mine',
      initDataTypes: ['cenc', 'webm'],
      audioCapabilities: [],
      videoCapabilities: [capability],
      distinctiveIdentifier: 'required',
      persistentState: 'not-allowed',
      sessionTypes: ['temporary', 'temporary'],
    };

    expect(toConfigurations([configuration])).toEqual([configuration]);
  });

  it('loses members that EME does not know', () => {
    expect(toConfigurations([{ keys: 'secret', videoCapabilities: [{ height: 1080 }] }])).toEqual([
      { ...EMPTY, videoCapabilities: [EMPTY_CAPABILITY] },
    ]);
  });

  it('has text for members that are not', () => {
    expect(toConfigurations([{ label: 7, initDataTypes: [null], sessionTypes: new Set([1]) }])).toEqual([
      { ...EMPTY, label: '7', initDataTypes: ['null'], sessionTypes: ['1'] },
    ]);
  });

  it('keeps nothing of the page', () => {
    const initDataTypes = ['cenc'];
    const [configuration] = toConfigurations([{ initDataTypes }]);
    initDataTypes.push('webm');

    expect(configuration?.initDataTypes).toEqual(['cenc']);
  });

  it('is read in the order of WebIDL, once each', () => {
    const seen: PropertyKey[] = [];
    const get = (target: object, member: PropertyKey): unknown => {
      seen.push(member);
      return Reflect.get(target, member);
    };
    toConfigurations([new Proxy({ videoCapabilities: [new Proxy({}, { get })] }, { get })]);

    expect(seen).toEqual([
      'audioCapabilities',
      'distinctiveIdentifier',
      'initDataTypes',
      'label',
      'persistentState',
      'sessionTypes',
      'videoCapabilities',
      'contentType',
      'encryptionScheme',
      'robustness',
    ]);
  });

  it.each([
    ['a string', 'cenc'],
    ['a number', 1],
    ['a boolean', true],
    ['a symbol', Symbol('a')],
    ['an unknown requirement', { distinctiveIdentifier: 'maybe' }],
    ['a requirement in upper case', { persistentState: 'Required' }],
    ['null for a requirement', { persistentState: null }],
    ['a string for a list', { initDataTypes: 'cenc' }],
    ['null for a list', { sessionTypes: null }],
    ['a symbol for a label', { label: Symbol('a') }],
    ['capabilities that are not a list', { videoCapabilities: {} }],
    ['a capability that is no dictionary', { audioCapabilities: ['audio/mp4'] }],
  ])('is not %s', (_, value) => {
    expect(() => toConfigurations([{}, value])).toThrow(TypeError);
  });

  it('passes on what a getter of the page throws', () => {
    const fault = new Error('mine');
    const configuration = {
      get label(): string {
        throw fault;
      },
    };

    expect(() => toConfigurations([configuration])).toThrow(fault);
  });
});

describe('a capability', () => {
  it.each([undefined, null])('has no scheme where it is %s', (encryptionScheme) => {
    expect(toConfigurations([{ audioCapabilities: [{ encryptionScheme }] }])[0]?.audioCapabilities).toEqual([
      EMPTY_CAPABILITY,
    ]);
  });

  it('tells an empty scheme from none', () => {
    const [configuration] = toConfigurations([{ audioCapabilities: [{ encryptionScheme: '' }] }]);

    expect(configuration?.audioCapabilities[0]?.encryptionScheme).toBe('');
  });

  it('has defaults where it is null', () => {
    expect(toConfigurations([{ audioCapabilities: [null] }])[0]?.audioCapabilities).toEqual([
      EMPTY_CAPABILITY,
    ]);
  });
});
