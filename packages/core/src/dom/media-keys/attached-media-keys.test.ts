import { afterEach, describe, expect, it, vi } from 'vitest';

// A chunk of its own, which is there before the first test.
import './media-keys-machinery.js';

import type { DrmConfiguration } from '../../source/source.js';
import { createManualClock } from '../../testing/manual-clock.js';
import {
  ElementDouble,
  keyIdsInitData,
  licenseFor,
  opened,
  type SessionDouble,
  stubEme,
  turn,
  type EmeBehavior,
} from '../testing/eme-double.js';
import { AttachedMediaKeys } from './attached-media-keys.js';
import type { MediaKeysSettings } from './media-keys-settings.js';

const A = '00000000000000000000000000000001';
const B = '7fffffffffffffffffffffffffffffff';
const C = 'abababababababababababababababab';
const KEY = 'fedcba9876543210fedcba9876543210';

const PAGE_KEYS = { 'org.w3.clearkey': { keys: { [A]: KEY, [B]: KEY, [C]: KEY } } };
const SERVER = { 'org.w3.clearkey': { licenseUrl: 'https://a.example/license' } };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** MediaKeys on an element, in a browser that does what it is told. */
async function setup(
  drm: unknown = PAGE_KEYS,
  behavior: EmeBehavior = {},
  settings: Partial<MediaKeysSettings> = {},
) {
  const eme = stubEme(behavior);
  const element = new ElementDouble();
  const clock = createManualClock();
  const page = { drm: drm as DrmConfiguration, ...settings };
  const answers: (() => Response)[] = [];
  const fetch = vi.fn(
    async (_url: string, _init: RequestInit) => answers.shift()?.() ?? new Response(licenseFor(A, B)),
  );
  const machine = { clock, fetch: fetch as never };
  const attached = new AttachedMediaKeys(element as never, () => page, machine);
  attached.open();
  await opened(attached);

  return {
    ...eme,
    element,
    clock,
    page,
    fetch,
    answers,
    attached,
    state: () => attached.getState(),
    meet: async (...keyIds: string[]) => {
      element.meet(keyIdsInitData(...keyIds));
      await turn();
    },
  };
}

describe('keys that the page holds', () => {
  it('come from `encrypted` to usable without a server', async () => {
    const { state, meet, fetch, element, made } = await setup();
    expect(state()).toMatchObject({ status: 'waiting', keySystem: 'org.w3.clearkey', error: null });
    expect(element.mediaKeys).toBe(made[0]);

    await meet(A, B);
    expect(state()).toMatchObject({
      status: 'ready',
      sessions: [{ sessionId: 'session-1', keyIds: [A, B], expiresAt: null }],
      keyStatuses: [
        { keyId: A, status: 'usable' },
        { keyId: B, status: 'usable' },
      ],
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('are those that are asked for', async () => {
    const { meet, sessions } = await setup();
    await meet(B);

    expect(JSON.parse(sessions[0]?.updates[0] ?? '')).toMatchObject({ keys: [expect.anything()] });
  });

  it('that are missing are told, and no key with them', async () => {
    const { state, meet } = await setup({ 'org.w3.clearkey': { keys: { [A]: KEY } } });
    await meet(C);

    expect(state()).toMatchObject({ status: 'error', error: { code: 'key-missing' } });
    expect(JSON.stringify(state().error)).not.toContain(KEY);
  });
});

describe('a license server', () => {
  it('gets the message, with what the page puts to it, read when it is sent', async () => {
    const { meet, page, fetch, state } = await setup(SERVER, {}, { authorize: () => 'token' });
    page.drm = {
      'org.w3.clearkey': { licenseUrl: 'https://a.example/other', headers: { 'x-a': '1' } },
    };
    await meet(A, B);

    expect(state().status).toBe('ready');
    expect(fetch).toHaveBeenCalledOnce();
    expect(fetch.mock.calls[0]?.[0]).toBe('https://a.example/other');
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ authorization: 'Bearer token', 'x-a': '1' });
  });

  it('is asked once more after a 401', async () => {
    const authorize = vi.fn(({ reason }: { reason: string }) => reason);
    const { meet, answers, fetch, state } = await setup(SERVER, {}, { authorize });
    answers.push(() => new Response('', { status: 401 }));
    await meet(A);

    expect(authorize.mock.calls.map(([{ reason }]) => reason)).toEqual(['initial', 'unauthorized']);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(state().status).toBe('ready');
  });

  it('that refuses is not asked again by the same init data, but by the page', async () => {
    const { meet, answers, fetch, state } = await setup(SERVER);
    answers.push(() => new Response('', { status: 403 }));
    await meet(A);
    expect(state()).toMatchObject({ status: 'error', error: { code: 'license-refused' } });

    await meet(A);
    expect(fetch).toHaveBeenCalledOnce();

    await state().renew();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('that refuses one title may be asked by the next on the same element', async () => {
    const { element, meet, answers, fetch, state } = await setup(SERVER);
    answers.push(() => new Response('', { status: 403 }));
    await meet(A);
    element.dispatchEvent(new Event('emptied'));
    expect(state().error).toBeNull();

    await meet(A);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('gets a license that the module refuses told as such', async () => {
    const { meet, state } = await setup(SERVER, { onUpdate: () => Promise.reject(new TypeError('bad')) });
    await meet(A);

    expect(state().error).toMatchObject({ code: 'license-rejected', cause: { message: 'bad' } });
  });
});

describe('a key that is usable or on its way', () => {
  it('is not asked for again, by the same init data or by other', async () => {
    const { meet, sessions } = await setup();
    await meet(A, B);
    await meet(A, B);
    await meet(B);

    expect(sessions).toHaveLength(1);
  });

  it('is left out of what is asked for', async () => {
    const { meet, sessions, element } = await setup();
    element.meet(keyIdsInitData(A));
    await meet(A, B, C);

    expect(sessions.map(({ asked }) => new TextDecoder().decode(asked?.initData))).toEqual(
      [keyIdsInitData(A), keyIdsInitData(B, C)].map((bytes) => new TextDecoder().decode(bytes)),
    );
  });

  it('is known by the bytes of its init data where they cannot be read', async () => {
    const { element, sessions } = await setup(SERVER, { message: () => new Uint8Array([1]) });
    for (const byte of [1, 1, 2]) element.meet(new Uint8Array([byte]), 'webm');
    await turn();

    expect(sessions).toHaveLength(2);
  });

  it('is asked for when it was met before the MediaKeys were there', async () => {
    const { made, element, sessions } = await setup();
    const early = new AttachedMediaKeys(new ElementDouble() as never, () => ({ drm: PAGE_KEYS }));
    expect(made).toHaveLength(1);
    early.open();
    await early.close();

    const late = new ElementDouble();
    const attached = new AttachedMediaKeys(late as never, () => ({ drm: PAGE_KEYS }));
    attached.open();
    late.meet(keyIdsInitData(A));
    await opened(attached);
    await turn();
    expect(sessions).toHaveLength(1);
    expect(attached.getState().status).toBe('ready');
    expect(element.mediaKeys).toBe(made[0]);
  });
});

describe('a content decryption module that misbehaves', () => {
  it('may be silent for 10 s', async () => {
    const { meet, clock, state } = await setup(PAGE_KEYS, { isSilent: true });
    await meet(A);
    clock.advance(9_999);
    expect(state().status).toBe('licensing');

    clock.advance(1);
    expect(state().error).toMatchObject({
      code: 'license-request-failed',
      message: expect.stringContaining('no license request, no key and no error'),
    });
  });

  it('may send an empty message, and then a key', async () => {
    const { meet, clock, sessions, state, fetch } = await setup(SERVER, { isSilent: true });
    await meet(A);
    sessions[0]?.send(new Uint8Array());
    sessions[0]?.setStatuses({ [A]: 'usable' });
    clock.advance(60_000);

    expect(fetch).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('may take a license and have no key of it for 10 s', async () => {
    const { meet, clock, state } = await setup(PAGE_KEYS, { hasNoKeys: true });
    await meet(A);
    clock.advance(9_999);
    expect(state().status).toBe('licensing');

    clock.advance(1);
    expect(state().error).toMatchObject({
      code: 'key-missing',
      message: expect.stringContaining('after it took the license'),
    });
  });

  it('may refuse init data', async () => {
    const { meet, state } = await setup(PAGE_KEYS, { onRequest: () => Promise.reject(new TypeError('no')) });
    await meet(A);

    expect(state().error).toMatchObject({ code: 'license-request-failed' });
  });

  it('may reset: its sessions are made anew, three times in a minute', async () => {
    const { meet, sessions, state, made } = await setup();
    await meet(A);
    for (const count of [2, 3, 4]) {
      sessions.at(-1)?.end('hardware-context-reset');
      await turn();
      expect(sessions).toHaveLength(count);
      expect(state().status).toBe('ready');
    }

    sessions.at(-1)?.end('hardware-context-reset');
    await turn();
    expect(sessions).toHaveLength(4);
    expect(made).toHaveLength(1);
    expect(state().error).toMatchObject({ code: 'drm-setup-failed' });
  });

  it('may reset for as long as a film takes, if not too often in a minute', async () => {
    const { meet, sessions, state, clock } = await setup();
    await meet(A);
    for (let count = 2; count <= 10; count += 1) {
      clock.advance(25_000);
      sessions.at(-1)?.end('hardware-context-reset');
      await turn();
      expect(sessions).toHaveLength(count);
    }

    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('may take several sessions down at once, and one by one: that is one incident', async () => {
    const { meet, sessions, state } = await setup();
    for (const keyId of [A, B, C]) await meet(keyId);
    for (const incident of [1, 2, 3]) {
      const fallen = sessions.slice(-3);
      for (const session of fallen.slice(1)) session.end('hardware-context-reset');
      await turn();
      fallen[0]?.end('hardware-context-reset');
      await turn();
      expect(sessions).toHaveLength(3 + 3 * incident);
    }

    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('may break: its MediaKeys are made anew, with their sessions', async () => {
    const { meet, sessions, state, made, element } = await setup();
    await meet(A, B);
    sessions[0]?.end('internal-error');
    await turn();

    expect(made).toHaveLength(2);
    expect(element.mediaKeys).toBe(made[1]);
    expect(sessions).toHaveLength(2);
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('may break where its MediaKeys cannot be replaced: nothing is lost, and a renewal waits for all of it', async () => {
    const { meet, sessions, state, element, attached } = await setup();
    await meet(A);
    element.setMediaKeys.mockRejectedValueOnce(new DOMException('', 'InvalidStateError'));
    sessions[0]?.end('internal-error');
    await turn();
    await meet(B);
    expect(state()).toMatchObject({ status: 'error', error: { code: 'drm-setup-failed' } });

    const usable = [A, B].map((keyId) => ({ keyId, status: 'usable' }));
    const renewals = Array.from({ length: 2 }, async () => {
      await state().renew();
      expect(state()).toMatchObject({ status: 'ready', error: null, keyStatuses: usable });
    });
    await Promise.all(renewals);
    expect(sessions).toHaveLength(3);

    await attached.close();
    expect(element.mediaKeys).toBeNull();
  });

  it('may break for good: a renewal says so to all who ask', async () => {
    const { meet, sessions, state, element } = await setup();
    await meet(A);
    element.setMediaKeys.mockRejectedValue(new DOMException('', 'InvalidStateError'));
    sessions[0]?.end('internal-error');
    await turn();

    const ends = await Promise.allSettled([state().renew(), state().renew()]);
    const refused = { status: 'rejected', reason: { code: 'drm-setup-failed' } };
    expect(ends).toMatchObject([refused, refused]);
  });

  it('may break while licenses are renewed: the renewal waits for those that come instead', async () => {
    const { meet, sessions, state, behavior } = await setup();
    await meet(A);
    behavior.isSilent = true;
    const renewal = state().renew();
    behavior.isSilent = false;
    sessions[0]?.end('internal-error');
    await renewal;

    expect(state()).toMatchObject({ status: 'ready', error: null, renewal: 'none' });
  });

  it('may break when a license was given back: it is not asked for again', async () => {
    const { meet, sessions, state } = await setup();
    await meet(A);
    await state().release();
    await meet(B);
    sessions[1]?.end('internal-error');
    await turn();

    expect(sessions).toHaveLength(3);
    expect(state()).toMatchObject({
      status: 'ready',
      keyStatuses: [
        { keyId: A, status: 'released' },
        { keyId: B, status: 'usable' },
      ],
    });
  });

  it('may come to grief over one key: its session is made anew', async () => {
    const { meet, sessions, state } = await setup();
    await meet(A);
    sessions[0]?.setStatuses({ [A]: 'internal-error' });
    await turn();

    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state().status).toBe('ready');
  });

  it('may close a session for a reason that nobody knows: its keys are asked for when the element waits', async () => {
    const { meet, sessions, state, element } = await setup();
    await meet(A);
    sessions[0]?.end('parent-closed');
    await turn();
    expect(sessions).toHaveLength(1);
    expect(state()).toMatchObject({ status: 'waiting', error: null });

    element.dispatchEvent(new Event('waitingforkey'));
    await turn();
    expect(sessions).toHaveLength(2);
    expect(state().status).toBe('ready');
  });
});

describe('statuses of keys', () => {
  it.each([
    ['output-restricted', 'unusable'],
    ['expired', 'unusable'],
    ['status-pending', 'unusable'],
    ['output-downscaled', 'ready'],
  ])('%s are %s, and no error', async (status, expected) => {
    const { meet, sessions, state } = await setup();
    await meet(A);
    sessions[0]?.setStatuses({ [A]: status });

    expect(state()).toMatchObject({ status: expected, error: null, keyStatuses: [{ keyId: A, status }] });
  });
});

describe('a renewal', () => {
  it('has the new keys before it lets the old ones go, once for all who ask', async () => {
    const { meet, sessions, state, fetch } = await setup(SERVER);
    await meet(A, B);
    const first = state().renew();
    const second = state().renew();
    expect(state().renewal).toBe('under-way');
    expect(sessions[0]?.close).not.toHaveBeenCalled();
    await Promise.all([first, second]);

    expect(fetch).toHaveBeenCalledTimes(2);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ status: 'ready', renewal: 'none' });
  });

  it('that is refused rejects, and leaves what there is', async () => {
    const { meet, answers, sessions, state } = await setup(SERVER);
    await meet(A, B);
    answers.push(() => new Response('', { status: 403 }));
    await expect(state().renew()).rejects.toMatchObject({ code: 'license-refused' });

    expect(sessions[0]?.close).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ status: 'ready', renewal: 'refused', error: null });
  });

  it('renews what there is, though a key that was refused is refused again', async () => {
    const { meet, answers, sessions, state } = await setup(SERVER);
    const refuse = () => new Response('', { status: 403 });
    await meet(A);
    answers.push(refuse);
    await meet(C);
    answers.push(() => new Response(licenseFor(A)), refuse);
    await state().renew();

    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ status: 'ready', renewal: 'none', error: null });
  });

  it.each([
    ['is lost', (session: SessionDouble) => session.end('internal-error')],
    [
      'comes to grief over its keys',
      (session: SessionDouble) => session.setStatuses({ [A]: 'internal-error' }),
    ],
  ])('whose new session %s takes nothing away of what there is', async (_, fail) => {
    const { meet, sessions, state, made, behavior, element } = await setup(SERVER);
    await meet(A);
    behavior.onUpdate = async (session) => fail(session);
    behavior.hasNoKeys = true;
    await expect(state().renew()).rejects.toMatchObject({ code: 'drm-setup-failed' });
    element.dispatchEvent(new Event('waitingforkey'));
    await turn();

    expect(made).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.close).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('that the module asks for by itself is answered', async () => {
    const { meet, sessions, state, fetch, answers } = await setup(SERVER);
    await meet(A, B);
    sessions[0]?.send(new Uint8Array([1]), 'license-renewal');
    expect(state().renewal).toBe('under-way');
    await turn();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(state()).toMatchObject({ status: 'ready', renewal: 'none' });

    answers.push(() => new Response('', { status: 403 }));
    sessions[0]?.send(new Uint8Array([1]), 'license-renewal');
    await turn();
    expect(state()).toMatchObject({ status: 'ready', renewal: 'refused', error: null });
  });

  it('does nothing before anything was asked for', async () => {
    const { state, sessions } = await setup();
    await state().renew();

    expect(sessions).toHaveLength(0);
  });
});

describe('a release', () => {
  it('gives the license back, until it is renewed', async () => {
    const { meet, sessions, state, element } = await setup();
    await meet(A);
    await state().release();
    expect(sessions[0]?.remove).toHaveBeenCalledOnce();
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ sessions: [], keyStatuses: [{ keyId: A, status: 'released' }] });

    element.dispatchEvent(new Event('waitingforkey'));
    await meet(A);
    expect(sessions).toHaveLength(1);

    await state().renew();
    expect(state()).toMatchObject({ status: 'ready', keyStatuses: [{ keyId: A, status: 'usable' }] });
  });

  it('of a persistent license is told to its server', async () => {
    const drm = { 'org.w3.clearkey': { ...SERVER['org.w3.clearkey'], sessionType: 'persistent-license' } };
    const { meet, sessions, state, fetch } = await setup(drm);
    await meet(A, B);
    const [session] = sessions;
    session?.update.mockImplementation(async () => session.end('release-acknowledged'));
    const released = state().release();
    session?.send(new Uint8Array([1]), 'license-release');
    await released;

    expect(session?.type).toBe('persistent-license');
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(state().error).toBeNull();
  });

  it('of a persistent license is told to its server too where another took its place', async () => {
    const drm = { 'org.w3.clearkey': { ...SERVER['org.w3.clearkey'], sessionType: 'persistent-license' } };
    const { meet, sessions, state, fetch } = await setup(drm);
    await meet(A, B);
    const [old] = sessions;
    old?.update.mockImplementation(async () => old.end('release-acknowledged'));
    await state().renew();
    expect(old?.remove).toHaveBeenCalledOnce();
    old?.send(new Uint8Array([1]), 'license-release');
    await turn();

    // Two licenses, and the end of the first.
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(sessions[1]?.remove).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ error: null, keyStatuses: [{ status: 'usable' }, { status: 'usable' }] });
  });

  it('rejects where the server does not take it back', async () => {
    const drm = { 'org.w3.clearkey': { ...SERVER['org.w3.clearkey'], sessionType: 'persistent-license' } };
    const { meet, sessions, state, answers } = await setup(drm);
    await meet(A, B);
    answers.push(() => new Response('', { status: 403 }));
    const released = state().release();
    sessions[0]?.send(new Uint8Array([1]), 'license-release');

    await expect(released).rejects.toMatchObject({ code: 'license-refused' });
  });
});

describe('an element', () => {
  it('that has MediaKeys of another owner is left alone', async () => {
    stubEme();
    const element = new ElementDouble();
    const foreign = {};
    element.mediaKeys = foreign;
    const attached = new AttachedMediaKeys(element as never, () => ({ drm: PAGE_KEYS }));
    attached.open();
    await opened(attached);

    expect(attached.getState()).toMatchObject({ status: 'error', error: { code: 'media-keys-in-use' } });
    await attached.close();
    expect(element.mediaKeys).toBe(foreign);
  });

  it('is let go of at the end, with all sessions', async () => {
    const { meet, attached, element, sessions, state } = await setup();
    await meet(A);
    await attached.close();
    expect(element.mediaKeys).toBeNull();
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ status: 'idle', keyStatuses: [] });

    await meet(B);
    expect(sessions).toHaveLength(1);
  });

  it('that plays an encrypted file by plain `src` fails in words that say what to do', async () => {
    const { element, state } = await setup();
    element.fail(3, 'https://a.example/film.mp4?token=1');

    expect(state().error).toMatchObject({
      code: 'media-unsupported',
      message: expect.stringContaining('through MSE'),
    });
    expect(JSON.stringify(state().error)).not.toContain('token');
  });

  it('that cannot decode what a MediaSource gives it has it told', async () => {
    const { element, state } = await setup();
    element.fail(3, 'blob:https://a.example/1');

    expect(state().error).toMatchObject({ code: 'undecodable', engineCode: 3 });
  });

  it('that may not tell the init data of another origin has it told', async () => {
    const { element, state } = await setup();
    element.meet(null);

    expect(state().error).toMatchObject({ message: expect.stringContaining('crossOrigin') });
  });
});

describe('a `drm` that cannot be used is refused', () => {
  it.each([
    ['no key system', {}, 'source-invalid', '`drm` names no key system'],
    ['a misspelt name', { 'org.w3.clearkye': {} }, 'source-invalid', '`drm`'],
    [
      'a manifest’s server',
      { 'org.w3.clearkey': { licenseUrlFromManifest: true } },
      'source-invalid',
      'there is no manifest here',
    ],
    [
      'FairPlay without a certificate',
      { 'com.apple.fps': { licenseUrl: '/l' } },
      'certificate-failed',
      'serverCertificate',
    ],
  ])('%s', async (_, drm, code, message) => {
    const { state } = await setup(drm);

    expect(state()).toMatchObject({ status: 'error', error: { code } });
    expect(state().error?.message).toContain(message);
  });

  it('until it is mended and renewed', async () => {
    const { state, page, meet } = await setup({ 'org.w3.clearkey': { licenseUrl: '' } });
    await expect(state().renew()).rejects.toMatchObject({ code: 'source-invalid' });

    page.drm = PAGE_KEYS;
    await state().renew();
    await meet(A);
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });
});

it('gives the module the certificate', async () => {
  const serverCertificate = new Uint8Array([1, 2]);
  const { certificates, state } = await setup({
    'com.widevine.alpha': { licenseUrl: 'https://a.example', serverCertificate },
  });

  expect(certificates).toEqual([serverCertificate]);
  expect(state().status).toBe('waiting');
});
