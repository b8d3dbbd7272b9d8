import { Authorizer, LicenseClient } from '@secure-player/core';
import { expect, it, vi } from 'vitest';

import { createManualClock } from '../../licenses/testing/manual-clock.js';
import { releaseSession } from './release-session.js';

/** A session of a module that says nothing of what it removes, as Firefox's Clear Key. */
class SilentSession extends EventTarget {
  readonly keyStatuses = new Map();
  readonly closed = new Promise<string>(() => {});
  readonly load: (sessionId: string) => Promise<boolean>;
  readonly remove = vi.fn(async () => {});
  readonly close = vi.fn(async () => {});

  constructor(load: () => Promise<boolean>) {
    super();
    this.load = load;
  }
}

function setup(loads: readonly (boolean | Error)[]) {
  const clock = createManualClock();
  const sessions: SilentSession[] = [];
  const createSession = () => {
    const answer = loads[sessions.length];
    const session = new SilentSession(async () => {
      if (typeof answer === 'boolean') return answer;
      throw answer;
    });
    sessions.push(session);
    return session;
  };
  const authorizer = new Authorizer({
    authorize: () => undefined,
    authorizedOrigins: () => [],
    pageUrl: () => undefined,
    pageOrigin: () => undefined,
  });
  const released = releaseSession({
    mediaKeys: { createSession } as unknown as MediaKeys,
    sessionId: 'stored',
    keySystem: { name: 'org.w3.clearkey', configuration: { licenseUrl: '/license' } },
    source: { src: '/film.mpd' },
    licenseClient: new LicenseClient({ authorizer, clock }),
    clock,
    signal: new AbortController().signal,
  });
  released.catch(() => {});

  return { released, sessions, clock };
}

it('is over without a word of the module, where the license is gone', async () => {
  const { released, sessions, clock } = setup([true, false]);
  await vi.waitUntil(() => sessions[0]?.remove.mock.calls.length === 1);
  clock.advance(3_000);

  expect(await released).toBe('gone');
  expect(sessions.map((session) => session.close.mock.calls.length)).toEqual([1, 1]);
  expect(clock.pending()).toBe(0);
});

it('is not over where the license is still there', async () => {
  const { released, sessions, clock } = setup([true, true]);
  await vi.waitUntil(() => sessions[0]?.remove.mock.calls.length === 1);
  clock.advance(3_000);

  await expect(released).rejects.toMatchObject({ code: 'license-release-failed' });
});

it('has nothing to do where the module knows of none', async () => {
  const { released, sessions } = setup([false]);

  expect(await released).toBe('gone');
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.remove).not.toHaveBeenCalled();
});

it('waits for another time while the license is open elsewhere', async () => {
  const { released } = setup([new DOMException('open', 'QuotaExceededError')]);

  await expect(released).rejects.toMatchObject({ code: 'drm-busy' });
});
