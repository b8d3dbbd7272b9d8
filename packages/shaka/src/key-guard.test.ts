import type { KeyStatusPolicy } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { KeyGuard } from './key-guard.js';
import { createFakeShakaPlayer, createTrack } from './testing/fake-shaka-player.js';

const below = (height: number) => ({ restrictions: { minHeight: 0, maxHeight: height - 1 } });

function setup(keyStatuses: Record<string, string>, maxHeight?: number) {
  const { player, title } = createFakeShakaPlayer({ keyStatuses });
  const onLimit = vi.fn();
  const unanswered = new Set<string>();
  const isAnswered = (keyId: string) => !unanswered.has(keyId);
  const policy: { current: KeyStatusPolicy } = { current: {} };
  const keyStatusPolicy = () => policy.current;
  const guard = new KeyGuard({ player, maxHeight, isAnswered, keyStatusPolicy, onLimit });
  const check = async (height: number | null, keyIds: string[], type = 'video') => {
    guard.checkSegment({ stream: { type, height, keyIds: new Set(keyIds) } });
    await Promise.resolve();
  };

  return { guard, player, title, policy, onLimit, unanswered, check };
}

describe('a segment whose key', () => {
  it.each(['usable', 'status-pending', 'output-downscaled', 'released'])(
    'is %s is let through',
    async (status) => {
      const { check, player, onLimit } = setup({ a: status });
      await check(720, ['a']);

      expect(player.configure).not.toHaveBeenCalled();
      expect(onLimit).not.toHaveBeenCalled();
    },
  );

  it.each([
    [{ b: 'usable' }, 'key-missing'],
    [{ a: 'output-restricted' }, 'output-restricted'],
    [{ a: 'internal-error' }, 'output-restricted'],
    [{ a: 'expired' }, 'key-expired'],
  ] as [Record<string, string>, string][])(
    'has the status %o keeps Shaka below it: %s',
    async (statuses, reason) => {
      const { check, player, onLimit } = setup(statuses);
      await check(720, ['a']);

      expect(player.configure).toHaveBeenCalledExactlyOnceWith(below(720));
      expect(onLimit).toHaveBeenCalledExactlyOnceWith(
        {
          minHeight: 0,
          maxHeight: 719,
          reason,
          reasons: new Map([[720, reason]]),
        },
        false,
      );
    },
  );
});

describe('the bound', () => {
  it('is set after the request under way, and once for requests that are above it already', async () => {
    const { guard, player, check } = setup({ b: 'usable' });
    guard.checkSegment({ stream: { type: 'video', height: 720, keyIds: new Set(['a']) } });
    guard.checkSegment({ stream: { type: 'video', height: 720, keyIds: new Set(['a']) } });
    expect(player.configure).not.toHaveBeenCalled();
    await check(1080, ['a']);

    expect(player.configure).toHaveBeenCalledOnce();
  });

  it('goes down further, step by step', async () => {
    const { check, player } = setup({ b: 'usable' });
    await check(720, ['a']);
    await check(360, ['c']);

    expect(player.configure.mock.calls).toEqual([[below(720)], [below(360)]]);
  });

  it('starts at that of the source', async () => {
    const { check, player } = setup({ b: 'usable' }, 480);
    await check(720, ['a']);

    expect(player.configure).not.toHaveBeenCalled();
  });
});

describe('where the page waits', () => {
  it('for another display, Shaka is left with something, and goes back to all of it', async () => {
    const { check, guard, player, title, policy, onLimit } = setup({ a: 'output-restricted' });
    policy.current = { outputRestricted: 'continue' };
    title.tracks = [createTrack(360), createTrack(720, { active: true })];
    await check(720, ['a']);
    expect(player.configure).toHaveBeenLastCalledWith(below(720));

    title.tracks = [createTrack(360, { active: true })];
    await check(360, ['a']);
    expect(player.configure).toHaveBeenLastCalledWith(below(Infinity));
    expect(onLimit).toHaveBeenLastCalledWith(
      expect.objectContaining({ maxHeight: Infinity, reason: 'output-restricted' }),
      false,
    );

    title.keyStatuses = { a: 'usable' };
    guard.recheck();
    expect(onLimit).toHaveBeenLastCalledWith(expect.objectContaining({ reason: null }), false);
  });

  it('for another license, nothing is made of the end of this one', async () => {
    const { check, guard, player, policy } = setup({ a: 'expired' });
    policy.current = { expired: 'continue' };
    await check(720, ['a']);

    expect(player.configure).not.toHaveBeenCalled();
    expect(guard.hasLoss()).toBe(false);
  });
});

describe('when statuses change', () => {
  it('the rendition at hand is left without another request', async () => {
    const { check, guard, player, title, onLimit } = setup({ a: 'usable' });
    await check(720, ['a']);
    title.keyStatuses = { a: 'output-restricted' };
    guard.recheck();

    expect(player.configure).toHaveBeenCalledExactlyOnceWith(below(720));
    expect(onLimit).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ maxHeight: 719, reason: 'output-restricted' }),
      false,
    );
  });

  it('a rendition that was left comes back with its key', async () => {
    const { check, guard, player, title, onLimit } = setup({ a: 'output-restricted', b: 'usable' });
    await check(720, ['a']);
    await check(360, ['b']);
    title.keyStatuses = { a: 'usable', b: 'usable' };
    guard.recheck();

    expect(player.configure.mock.calls).toEqual([[below(720)], [below(Infinity)]]);
    expect(onLimit).toHaveBeenLastCalledWith(
      expect.objectContaining({
        maxHeight: Infinity,
        reason: null,
        reasons: new Map([
          [720, null],
          [360, null],
        ]),
      }),
      false,
    );
  });

  it('comes back no higher than the source allows, or than other keys reach', async () => {
    const { check, guard, player, title } = setup({ a: 'expired', b: 'expired', c: 'usable' }, 1080);
    await check(1080, ['a']);
    await check(720, ['b']);
    title.keyStatuses = { a: 'expired', b: 'usable', c: 'usable' };
    guard.recheck();
    title.keyStatuses = { a: 'usable', b: 'usable', c: 'usable' };
    guard.recheck();

    expect(player.configure.mock.calls).toEqual([[below(1080)], [below(720)], [below(1080)], [below(1081)]]);
  });

  it('nothing is told where nothing changes', async () => {
    const { check, guard, player, onLimit } = setup({ a: 'usable' });
    await check(720, ['a']);
    guard.recheck();

    expect(player.configure).not.toHaveBeenCalled();
    expect(onLimit).toHaveBeenCalledTimes(1);
  });

  it('a rendition that is not at hand is found out too, before it is stepped up to again', async () => {
    const { check, guard, player, title } = setup({ a: 'usable', b: 'usable' });
    await check(720, ['a']);
    await check(360, ['b']);
    title.keyStatuses = { a: 'output-restricted', b: 'usable' };
    guard.recheck();

    expect(player.configure).toHaveBeenCalledExactlyOnceWith(below(720));
  });

  it('the better rendition is kept to, where it alone has its key', async () => {
    const { check, guard, player, title, onLimit } = setup({ a: 'usable', b: 'usable' });
    await check(720, ['a']);
    await check(360, ['b']);
    title.keyStatuses = { a: 'usable', b: 'expired' };
    guard.recheck();

    expect(player.configure).toHaveBeenCalledExactlyOnceWith({
      restrictions: { minHeight: 361, maxHeight: Infinity },
    });
    expect(onLimit).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        reason: 'key-expired',
        reasons: new Map([
          [720, null],
          [360, 'key-expired'],
        ]),
      }),
      false,
    );
  });
});

it('waits for the answer where a key is asked for by its own rendition', async () => {
  const { check, guard, player, unanswered } = setup({ b: 'usable' });
  unanswered.add('a');
  await check(720, ['a']);
  guard.recheck();
  expect(player.configure).not.toHaveBeenCalled();

  unanswered.clear();
  guard.recheck();
  expect(player.configure).toHaveBeenCalledExactlyOnceWith(below(720));
});

describe('a rendition that is left', () => {
  it.each([
    [720, true],
    [360, false],
  ])('is told where it is the one that is being fetched: %i', async (height, isLeft) => {
    const { check, title, onLimit } = setup({ a: 'expired' });
    title.tracks = [createTrack(height, { active: true })];
    await check(720, ['a']);

    expect(onLimit).toHaveBeenCalledExactlyOnceWith(expect.anything(), isLeft);
  });
});

describe('nothing is done', () => {
  it.each<[string, number | null, string[], string]>([
    ['for sound', null, ['a'], 'audio'],
    ['for a picture of unknown height', null, ['a'], 'video'],
    ['for a clear segment', 720, [], 'video'],
  ])('%s', async (_, height, keyIds, type) => {
    const { check, player } = setup({ b: 'usable' });
    await check(height, keyIds, type);

    expect(player.configure).not.toHaveBeenCalled();
  });

  it('before a license has come, and for a request that is for no stream', async () => {
    const { check, guard, player } = setup({});
    await check(720, ['a']);
    guard.checkSegment(undefined);
    guard.checkSegment({});

    expect(player.configure).not.toHaveBeenCalled();
    expect(guard.reasonFor(new Set(['a']))).toBeUndefined();
  });
});
