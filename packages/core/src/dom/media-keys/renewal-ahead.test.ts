import { afterEach, describe, expect, it, vi } from 'vitest';

// A chunk of its own, which is there before the first test.
import './media-keys-machinery.js';

import type { KeyStatusPolicy } from '../../license/key-status-policy.js';
import { createManualClock } from '../../testing/manual-clock.js';
import { ElementDouble, keyIdsInitData, licenseFor, opened, stubEme, turn } from '../testing/eme-double.js';
import { AttachedMediaKeys } from './attached-media-keys.js';

const A = '00000000000000000000000000000001';
const B = '7fffffffffffffffffffffffffffffff';
const HOUR = 3_600_000;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** An element with a license for an hour from a server, which gives another for as long each time. */
async function setup({
  keySystem = 'org.w3.clearkey',
  expired = undefined as KeyStatusPolicy['expired'],
} = {}) {
  const clock = createManualClock();
  const document = new EventTarget();
  vi.stubGlobal('document', document);
  const eme = stubEme({ onUpdate: async (session) => void (session.expiration = clock.now() + HOUR) });
  const element = new ElementDouble();
  const answers: (() => Response)[] = [];
  const fetch = vi.fn(async () => answers.shift()?.() ?? new Response(licenseFor(A)));
  const page = {
    drm: { [keySystem]: { licenseUrl: 'https://a.example/license' } },
    keyStatusPolicy: { expired },
  };
  const attached = new AttachedMediaKeys(element as never, () => page, {
    clock,
    fetch,
    random: () => 0,
  });
  attached.open();
  await opened(attached);
  element.meet(keyIdsInitData(A));
  await turn();

  return {
    ...eme,
    attached,
    element,
    clock,
    document,
    fetch,
    answers,
    page,
    state: () => attached.getState(),
    /** Lets time pass as timers see it that run twice a minute. */
    pass: async (milliseconds: number) => {
      const end = clock.now() + milliseconds;
      while (clock.now() < end) {
        clock.advance(Math.min(30_000, end - clock.now()));
        await turn();
      }
    },
  };
}

const refuse = () => new Response('', { status: 403 });

describe('a license that ends', () => {
  it('is renewed ahead of that, again and again, by a session that takes the place of the last', async () => {
    const { pass, sessions, state, fetch } = await setup();
    await pass(HOUR - 600_001);
    expect(fetch).toHaveBeenCalledOnce();

    await pass(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({
      status: 'ready',
      renewal: 'none',
      sessions: [{ sessionId: 'session-2' }],
    });

    await pass(HOUR - 600_000);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it('is renewed at once when a tab is seen again whose timers did not run', async () => {
    const { clock, document, fetch } = await setup();
    const advance = vi.spyOn(clock, 'now').mockReturnValue(clock.now() + HOUR - 60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    advance.mockRestore();
    await turn();

    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each(['error', 'continue'] as const)('is left to the page under the policy `%s`', async (expired) => {
    const { pass, fetch, page } = await setup({ expired });
    await pass(HOUR - 1_000);
    expect(fetch).toHaveBeenCalledOnce();

    // The policy is read when it counts.
    page.keyStatusPolicy = { expired: 'renew' };
    await pass(1_000);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('is kept to its end where the server refuses, which is told once', async () => {
    const { pass, answers, sessions, fetch, state, attached } = await setup();
    const told = vi.fn();
    attached.subscribe(() => told(state().renewal));
    answers.push(refuse, refuse);
    await pass(HOUR - 1_000);

    expect(fetch).toHaveBeenCalledTimes(2);
    expect(sessions[0]?.close).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ status: 'ready', renewal: 'refused', error: null });
    const refusals = told.mock.calls.filter(([renewal], index) => {
      return renewal === 'refused' && told.mock.calls[index - 1]?.[0] !== 'refused';
    });
    expect(refusals).toHaveLength(1);
  });

  it('is tried for again where the server fails for the moment', async () => {
    const { pass, answers, fetch, state } = await setup();
    const fail = () => new Response('', { status: 503 });
    answers.push(fail, fail);
    await pass(HOUR - 600_000);
    await pass(1_000);
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(state()).toMatchObject({ status: 'ready', renewal: 'none', error: null });

    await pass(150_000);
    expect(fetch).toHaveBeenCalledTimes(4);
  });

  it('is not renewed when it was given back, while others are', async () => {
    const { pass, state, element, fetch, answers } = await setup();
    await state().release();
    answers.push(
      () => new Response(licenseFor(B)),
      () => new Response(licenseFor(B)),
    );
    element.meet(keyIdsInitData(B));
    await turn();
    await pass(HOUR - 600_000);

    expect(fetch).toHaveBeenCalledTimes(3);
    expect(state().keyStatuses).toEqual([
      { keyId: A, status: 'released' },
      { keyId: B, status: 'usable' },
    ]);
  });

  it('is nobody’s concern after the end', async () => {
    const { attached, clock, pass, fetch } = await setup();
    await attached.close();
    await pass(HOUR);

    expect(fetch).toHaveBeenCalledOnce();
    expect(clock.pending()).toEqual([]);
  });
});

describe('a license of Widevine', () => {
  it('is renewed when the module asks', async () => {
    const { pass, sessions, fetch } = await setup({ keySystem: 'com.widevine.alpha' });
    await pass(HOUR - 400_000);
    sessions[0]?.send(new Uint8Array([1]), 'license-renewal');
    await turn();
    await pass(390_000);

    expect(fetch).toHaveBeenCalledTimes(2);
    expect(sessions).toHaveLength(1);
  });

  it('is renewed by another session where the module does not ask', async () => {
    const { pass, sessions } = await setup({ keySystem: 'com.widevine.alpha' });
    await pass(HOUR - 300_001);
    expect(sessions).toHaveLength(1);

    await pass(1);
    expect(sessions).toHaveLength(2);
  });

  it('that was refused to the module is not asked for again beside it', async () => {
    const { pass, sessions, fetch, answers, state } = await setup({ keySystem: 'com.widevine.alpha' });
    await pass(HOUR - 400_000);
    answers.push(refuse);
    sessions[0]?.send(new Uint8Array([1]), 'license-renewal');
    await turn();
    await pass(390_000);

    expect(fetch).toHaveBeenCalledTimes(2);
    expect(sessions).toHaveLength(1);
    expect(state()).toMatchObject({ status: 'ready', renewal: 'refused' });
  });
});
