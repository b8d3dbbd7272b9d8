import { resolveSource } from '@secure-player/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { freshDatabase } from '../testing/fresh-database.js';
import { setupFilm } from '../testing/setup-film.js';
import { until } from '../testing/until.js';

beforeEach(freshDatabase);

/** A title of which some is here, and is paused. */
async function halfFilm() {
  const set = await setupFilm();
  const { manager, start, hold, origin, seg, reaches, src } = set;
  const release = hold(seg('audio-4.m4s'));
  await start();
  await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
  await manager.pause('film');
  await reaches('film', 'paused');
  release();
  const open = () =>
    manager.open(resolveSource({ src, id: 'film' }), { signal: new AbortController().signal });
  return { ...set, open };
}

describe('a title of which a part is here', () => {
  it('streams where there is a network, and plays from here as far as it has come where there is none', async () => {
    const { open, setNetwork, find } = await halfFilm();
    expect(await open()).toBeNull();

    setNetwork({ isOnline: false });
    expect(await open()).toMatchObject({ type: 'dash' });
    expect(find('film')).toMatchObject({ isPlayable: true });
  });

  it.each(['missing', 'expired', 'revoked'] as const)(
    'has nothing to play where its license is %s, which does not stand in the way of a stream',
    async (status) => {
      const { open, licenses, setNetwork, find } = await halfFilm();
      licenses.set('film', { status });
      expect(await open()).toBeNull();
      await until(() => find('film')?.license?.status === status);
      expect(find('film')).toMatchObject({ isPlayable: false });

      setNetwork({ isOnline: false });
      expect(await open()).toBeNull();
    },
  );

  it('has a license that is missing while it is got, and can be played when it is there', async () => {
    const { licenses, start, find, hold, origin, seg } = await setupFilm();
    hold(seg('audio-4.m4s'));
    const isPlayable: unknown[] = [];
    licenses.beforeAcquire = async () => {
      licenses.set('film', { status: 'missing' });
      await until(() => find('film')?.license?.status === 'missing');
      isPlayable.push(find('film')?.isPlayable);
      licenses.set('film', { status: 'usable' });
    };
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
    expect(isPlayable).toEqual([false]);
    expect(find('film')).toMatchObject({ isPlayable: true });
  });
});

describe('a title that is here as a whole', () => {
  it('plays from here with a network, too, and says what is wrong with its license', async () => {
    const { manager, licenses, start, reaches, src } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    const { signal } = new AbortController();
    const source = resolveSource({ src, id: 'film' });
    expect(await manager.open(source, { signal })).toMatchObject({ type: 'dash' });

    licenses.set('film', { status: 'expired' });
    await expect(manager.open(source, { signal })).rejects.toMatchObject({ code: 'stored-license-missing' });
  });
});
