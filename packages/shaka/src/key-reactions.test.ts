import { PlaybackError, type KeyStatusPolicy } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { KeyReactions } from './key-reactions.js';
import type { ShakaRequest } from './shaka-namespace.js';

function setup(policy: KeyStatusPolicy = {}) {
  const known = { statuses: {} as Record<string, string>, now: 0 };
  const rebuilds: { resolve: () => void; reject: (error: PlaybackError) => void }[] = [];
  const onError = vi.fn();
  const reactions = new KeyReactions({
    player: { getKeyStatuses: () => known.statuses },
    clock: { now: () => known.now, schedule: () => () => {} },
    keyStatusPolicy: () => policy,
    rebuild: () => new Promise((resolve, reject) => rebuilds.push({ resolve, reject })),
    onError,
  });
  const become = (...statuses: string[]) => {
    known.statuses = Object.fromEntries(statuses.map((status, index) => [String(index), status]));
    reactions.look();
  };
  const settle = async (outcome: 'resolve' | PlaybackError) => {
    const last = rebuilds.at(-1);
    if (outcome === 'resolve') last?.resolve();
    else last?.reject(outcome);
    // While keys are got anew, a picture may wait for them.
    await vi.waitUntil(() => reactions.patience() === 0);
  };

  return { reactions, known, rebuilds, onError, become, settle };
}

const failure = (code: PlaybackError['code']) => new PlaybackError(code, { engineCode: 4012 });

describe('the policy `error`', () => {
  it.each([
    [{ outputRestricted: 'error' }, 'output-restricted', 'output-restricted'],
    [{ expired: 'error' }, 'expired', 'key-expired'],
  ] as const)('%o ends playback at the first key that is %s', (policy, status, code) => {
    const { become, onError } = setup(policy);
    become('usable', status);

    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }));
  });

  it.each([{}, { outputRestricted: 'continue', expired: 'continue' }] as const)(
    'is what %o is not',
    (policy) => {
      const { become, onError } = setup(policy);
      become('usable', 'output-restricted', 'expired');

      expect(onError).not.toHaveBeenCalled();
    },
  );
});

describe('the policy `continue`', () => {
  it('bears what it is about, and nothing else', () => {
    const { reactions } = setup({ outputRestricted: 'continue' });
    expect(reactions.bears(failure('output-restricted'))).toBe(true);
    expect(reactions.bears(failure('key-expired'))).toBe(false);
    expect(setup({ expired: 'continue' }).reactions.bears(failure('key-expired'))).toBe(true);
    expect(setup().reactions.bears(failure('output-restricted'))).toBe(false);
  });
});

describe('a picture without its key', () => {
  it.each([
    [{}, 'usable', 0],
    [{}, 'usable-in-future', Infinity],
    [{}, 'status-pending', 60_000],
    [{}, 'output-restricted', 0],
    [{ outputRestricted: 'continue' }, 'output-restricted', Infinity],
    [{}, 'expired', 0],
    [{ expired: 'continue' }, 'expired', Infinity],
  ] as const)('under %o, where that is %s, is given %d ms more', (policy, status, patience) => {
    const { reactions, become } = setup(policy);
    become('usable', status);

    expect(reactions.patience()).toBe(patience);
  });
});

describe('keys that the device fails at', () => {
  it('are got anew, and playback that failed meanwhile goes on', async () => {
    const { reactions, become, settle, rebuilds, onError } = setup();
    become('internal-error');
    expect(rebuilds).toHaveLength(1);
    expect(reactions.bears(failure('output-restricted'))).toBe(true);
    expect(reactions.patience()).toBe(60_000);
    become('internal-error');
    expect(rebuilds).toHaveLength(1);

    await settle('resolve');
    become('usable');
    expect(onError).not.toHaveBeenCalled();
    expect(reactions.bears(failure('output-restricted'))).toBe(false);
  });

  it('are got anew twice, and no more; then it is an error, by its own name', async () => {
    const { reactions, become, settle, rebuilds, onError } = setup();
    for (let round = 0; round < 2; round += 1) {
      become('internal-error');
      reactions.bears(failure('output-restricted'));
      await settle('resolve');
    }
    expect(onError).not.toHaveBeenCalled();
    become('internal-error');

    expect(rebuilds).toHaveLength(2);
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'drm-setup-failed' }));
    expect(reactions.name(failure('output-restricted')).code).toBe('drm-setup-failed');
  });

  it('are no error while something else plays', async () => {
    const { become, settle, onError } = setup();
    for (let round = 0; round < 3; round += 1) {
      become('usable', 'internal-error');
      await settle('resolve');
    }

    expect(onError).not.toHaveBeenCalled();
  });

  it('end with why they were not got', async () => {
    const { reactions, become, settle, onError } = setup();
    become('internal-error');
    reactions.bears(failure('output-restricted'));
    const refusal = new PlaybackError('license-refused');
    await settle(refusal);

    expect(onError).toHaveBeenCalledExactlyOnceWith(refusal);
  });

  it('are another matter than a display that does not allow them', () => {
    const { reactions, become } = setup();
    become('internal-error', 'output-restricted');

    expect(reactions.name(failure('output-restricted')).code).toBe('output-restricted');
  });
});

describe('a device that loses its hardware', () => {
  const request = (sessionId: string, licenseRequestType = 'license-request') =>
    ({ initData: new Uint8Array([1]), sessionId, licenseRequestType }) as ShakaRequest;

  it('again and again is an error', () => {
    const { reactions, onError } = setup();
    for (let session = 0; session < 5; session += 1) reactions.countSession(request(String(session)));
    expect(onError).not.toHaveBeenCalled();
    reactions.countSession(request('another'));

    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'drm-setup-failed' }));
  });

  it('now and then, or renews its license, is none', () => {
    const { reactions, known, onError } = setup();
    for (let session = 0; session < 20; session += 1) {
      known.now += 15_000;
      reactions.countSession(request(String(session)));
      reactions.countSession(request(String(session), 'license-renewal'));
    }

    expect(onError).not.toHaveBeenCalled();
  });
});
