import { afterEach, describe, expect, it, vi } from 'vitest';

// A chunk of its own, which is there before the first test.
import './media-keys-machinery.js';

import { createManualClock } from '../../testing/manual-clock.js';
import { ElementDouble, keyIdsInitData, opened, stubEme, turn } from '../testing/eme-double.js';
import { holdMediaKeys, LINGER_MS, mediaKeysIdentity } from './hold-media-keys.js';

const A = '00000000000000000000000000000001';
const KEY = 'fedcba9876543210fedcba9876543210';
const drm = { 'org.w3.clearkey': { keys: { [A]: KEY } } };

afterEach(() => {
  vi.unstubAllGlobals();
});

function setup() {
  const eme = stubEme();
  const element = new ElementDouble();
  const clock = createManualClock();
  const hold = (identity = 'a') =>
    holdMediaKeys(element as never, { identity, settings: () => ({ drm }), clock });

  return { ...eme, element, clock, hold };
}

describe('the keys of an element', () => {
  it('are attached once for all who hold them', async () => {
    const { hold, made, sessions, element } = setup();
    const [one, other] = [hold(), hold()];
    await opened(one.attached);
    element.meet(keyIdsInitData(A));
    await turn();

    expect(other.attached).toBe(one.attached);
    expect(made).toHaveLength(1);
    expect(sessions).toHaveLength(1);
  });

  it('outlive a component that mounts twice', async () => {
    const { hold, made, clock, element } = setup();
    hold().release();
    const { attached } = hold();
    await opened(attached);
    clock.advance(LINGER_MS);
    await turn();

    expect(made).toHaveLength(1);
    expect(element.mediaKeys).toBe(made[0]);
    expect(attached.getState().status).toBe('waiting');
  });

  it('stay for 30 s while the element may be shown again', async () => {
    const { hold, clock, element } = setup();
    const first = hold();
    await opened(first.attached);
    first.release();
    first.release();
    clock.advance(LINGER_MS - 1);
    const second = hold();
    expect(second.attached).toBe(first.attached);

    second.release();
    clock.advance(LINGER_MS);
    await turn();
    expect(element.mediaKeys).toBeNull();
  });

  it('go at once with an element that has left its document', async () => {
    const { hold, clock, element } = setup();
    const held = hold();
    await opened(held.attached);
    element.isConnected = false;
    held.release();
    clock.advance(0);
    await turn();

    expect(element.mediaKeys).toBeNull();
    expect(clock.pending()).toEqual([]);
  });

  it('make room for others when nobody holds them', async () => {
    const { hold, made, element } = setup();
    hold('a').release();
    const { attached } = hold('b');
    await opened(attached);

    expect(element.mediaKeys).toBe(made.at(-1));
    expect(attached.getState().status).toBe('waiting');
  });
});

it('are others when the key systems, or what is asked of them, change; not when the servers do', () => {
  const identity = (configuration: object, rest: object = {}) =>
    mediaKeysIdentity({ drm: { 'com.widevine.alpha': configuration as never }, ...rest });
  const plain = identity({ licenseUrl: '/a' });

  expect(identity({ licenseUrl: '/b', headers: { a: '1' }, prepareRequest: () => {} })).toBe(plain);
  expect(identity({ licenseUrl: '/a', videoRobustness: ['HW_SECURE_ALL'] })).not.toBe(plain);
  expect(identity({ licenseUrl: '/a' }, { contentTypes: ['video/mp4'] })).not.toBe(plain);
  expect(mediaKeysIdentity({ drm: {} })).toBe('');
  expect(mediaKeysIdentity({ drm: { 'org.w3.clearkey': undefined } })).toBe('');
});
