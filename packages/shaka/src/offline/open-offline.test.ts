import { PlaybackError, resolveSource, type OfflineTitles } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { createFakeTitle, createFakeTitles } from '../testing/fake-offline-titles.js';
import { openOffline } from './open-offline.js';

const SOURCE = resolveSource({ src: '/film.m3u8', id: 'film' });

const open = (titles: OfflineTitles | undefined, change: Partial<Parameters<typeof openOffline>[0]> = {}) =>
  openOffline({ titles, source: SOURCE, signal: new AbortController().signal, ...change });

describe('a source', () => {
  it('is not looked for without downloads, or without an id', async () => {
    const titles = createFakeTitles(createFakeTitle());

    expect(await open(undefined)).toBeNull();
    expect(await open(titles, { source: resolveSource({ src: '/film.m3u8' }) })).toBeNull();
    expect(titles.open).not.toHaveBeenCalled();
  });

  it('that this device does not have is played from the network', async () => {
    expect(await open(createFakeTitles(null))).toBeNull();
  });

  it('that it has is played by the address and in the format that were downloaded', async () => {
    const offline = await open(createFakeTitles(createFakeTitle()));

    expect(offline?.source).toMatchObject({ src: 'https://page.example/kept.mpd', type: 'dash', id: 'film' });
  });

  it('gets another license first where that is wanted, and then alone', async () => {
    const titles = createFakeTitles(createFakeTitle());
    await open(titles);
    expect(titles.renewLicense).not.toHaveBeenCalled();

    titles.open.mockClear();
    await open(titles, { renewsLicense: true });
    expect(titles.renewLicense).toHaveBeenCalledExactlyOnceWith('film');
    expect(titles.renewLicense).toHaveBeenCalledBefore(titles.open);
  });

  it('that may not get one is not opened', async () => {
    const titles = createFakeTitles(createFakeTitle());
    titles.renewLicense.mockRejectedValue(new PlaybackError('offline'));

    await expect(open(titles, { renewsLicense: true })).rejects.toMatchObject({ code: 'offline' });
    expect(titles.open).not.toHaveBeenCalled();
  });

  it.each([
    [new PlaybackError('offline-license-expired'), 'offline-license-expired'],
    [new Error('x'), 'storage-failed'],
  ])('that may not be played is not played from the network instead: %s', async (error, code) => {
    const titles = createFakeTitles(null);
    titles.open.mockRejectedValue(error);

    await expect(open(titles)).rejects.toMatchObject({ code });
  });

  it('whose renewal hangs holds up no other', async () => {
    const titles = createFakeTitles(createFakeTitle());
    titles.renewLicense.mockReturnValue(new Promise(() => {}));
    const controller = new AbortController();
    const opened = open(titles, { renewsLicense: true, signal: controller.signal });
    controller.abort();

    await expect(opened).rejects.toBe(controller.signal.reason);
  });

  it('that is called off after it was opened is closed', async () => {
    const title = createFakeTitle();
    const controller = new AbortController();
    const titles = { ...createFakeTitles(title), open: vi.fn(async () => (controller.abort(), title)) };

    await expect(open(titles, { signal: controller.signal })).rejects.toBe(controller.signal.reason);
    expect(title.close).toHaveBeenCalledOnce();
  });
});
