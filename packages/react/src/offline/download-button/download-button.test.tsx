// @vitest-environment jsdom
import { PlaybackError } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayerProvider } from '../../provider/secure-player-provider.js';
import { settle } from '../../testing/fake-engine.js';
import {
  createFakeDownloads,
  downloadOf,
  licenseOf,
  offerOf,
  sourceOf,
} from '../../testing/fake-downloads.js';
import type { FakeDownloadsOptions } from '../../testing/fake-downloads.js';
import { stubDialogs } from '../../testing/stub-dialogs.js';
import { DownloadButton, type DownloadButtonProps } from './download-button.js';

const FILM = sourceOf('film');

beforeEach(stubDialogs);
afterEach(cleanup);

async function setup(options: FakeDownloadsOptions = {}, props: Partial<DownloadButtonProps> = {}) {
  const downloads = createFakeDownloads(options);
  const page = (more: Partial<DownloadButtonProps> = {}) => (
    <StrictMode>
      <SecurePlayerProvider downloads={downloads}>
        <DownloadButton source={FILM} {...props} {...more} />
      </SecurePlayerProvider>
    </StrictMode>
  );
  const { rerender } = render(page());
  await settle();

  return {
    downloads,
    show: async (more: Partial<DownloadButtonProps>) => {
      rerender(page(more));
      await settle();
    },
    calls: (name: string) => downloads.calls.filter(([called]) => called === name),
  };
}

const main = () => document.querySelector('button[data-action]') as HTMLButtonElement;
/** What is heard of it; ICU's narrow spaces aside. */
const nameOf = () => main().textContent?.replaceAll(/\s+/gu, ' ').trim();
const press = async (element: Element) => {
  fireEvent.click(element);
  await settle();
};
const button = (name: string) => within(screen.getByRole('dialog')).getByRole('button', { name });

describe('before a download', () => {
  it('says how large it would be', async () => {
    await setup();
    expect(nameOf()).toBe('Download About 2.1 GB');
  });

  it('reads nothing where it does not say that, until it asks', async () => {
    const { calls } = await setup({}, { showsSize: false });
    expect(nameOf()).toBe('Download');
    expect(calls('inspect')).toEqual([]);

    await press(main());
    expect(screen.getByRole('radio', { name: /^720p/ })).toBeTruthy();
  });

  it('tells sounds of one language apart by their labels, however short', async () => {
    const { tracks } = offerOf();
    const offer = offerOf(
      tracks.map((track) =>
        track.id === 'a-English (audio description)' ? { ...track, label: 'AD' } : track,
      ),
    );
    await setup({ offer });
    await press(main());

    const names = screen.getAllByRole('checkbox').map((box) => box.closest('label')?.textContent.trim());
    expect(names.slice(0, 3)).toEqual(['English', 'English (AD)', 'العربية']);
  });

  it('reads another title when it is about another', async () => {
    const { show, calls } = await setup();
    const before = calls('inspect').length;
    await show({ source: FILM });
    expect(calls('inspect')).toHaveLength(before);
    await show({ source: sourceOf('other') });
    expect(calls('inspect').at(-1)).toEqual(['inspect', 'other']);
  });

  it('asks, and starts what was chosen', async () => {
    const { calls } = await setup({}, { options: { priority: 3 } });
    await press(main());
    await press(screen.getByRole('radio', { name: /^1080p/ }));
    await press(button('Download'));

    expect(calls('start')).toEqual([
      ['start', 'film', { priority: 3, trackIds: ['v1080', 'a-en', 't-en', 't-ar', 'thumbnails'] }],
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(main().dataset['action']).toBe('pause');
  });

  it('starts nothing when that is called off', async () => {
    const { calls } = await setup();
    await press(main());
    await press(button('Cancel'));
    await press(main());
    await press(screen.getByRole('dialog'));

    expect(screen.queryByRole('dialog')).toBeNull();
    expect(calls('start')).toEqual([]);
  });

  it('starts at once where the page wants no question', async () => {
    const { calls } = await setup({}, { asksFirst: false, options: { maxHeight: 540 } });
    await press(main());

    expect(calls('start')).toEqual([['start', 'film', { maxHeight: 540 }]]);
  });

  it('warns of too little room, and leaves the choice to the viewer', async () => {
    const space = { usedBytes: 11e9, quotaBytes: 12e9, isPersisted: true };
    await setup({ state: { space } });
    await press(main());
    expect(screen.getByText('There may not be enough room on this device.')).toBeTruthy();
    await press(screen.getByRole('radio', { name: /^360p/ }));
    expect(screen.queryByText('There may not be enough room on this device.')).toBeNull();
  });

  it('says why a title cannot be read, and reads it again', async () => {
    const { calls } = await setup({ offer: new PlaybackError('manifest-unreachable') });
    expect(nameOf()).toBe('Download The video could not be reached');
    await press(main());
    expect(screen.getByRole('alert').dataset['errorCode']).toBe('manifest-unreachable');
    const before = calls('inspect').length;
    await press(button('Try again'));

    expect(calls('inspect').length).toBeGreaterThan(before);
  });

  it('does nothing where this browser keeps nothing, and says so', async () => {
    const error = new PlaybackError('download-unsupported');
    const { calls } = await setup({ state: { status: 'unavailable', error } });
    await press(main());

    expect(nameOf()).toBe('Download This video cannot be downloaded here');
    expect(main().getAttribute('aria-disabled')).toBe('true');
    expect(calls('inspect')).toEqual([]);
  });
});

describe('with a download', () => {
  it('pauses it, lets it go on, and stays the same element', async () => {
    const { calls } = await setup({
      state: { downloads: [downloadOf('film', { status: 'downloading' }, { secondsLeft: 170 })] },
    });
    const element = main();
    expect(nameOf()).toBe('Pause. Downloading 45% · 3 minutes left');
    await press(element);
    expect(nameOf()).toBe('Resume. Paused 45%');
    await press(element);

    expect(main()).toBe(element);
    expect([...calls('pause'), ...calls('resume')]).toEqual([
      ['pause', 'film'],
      ['resume', 'film'],
    ]);
  });

  it('says aloud where it stands, and no percent', async () => {
    const { downloads } = await setup({
      state: { downloads: [downloadOf('film', { status: 'downloading' })] },
    });
    const status = screen.getByRole('status');
    expect(status.textContent).toBe('First Light: Downloading');
    act(() => downloads.change('film', { progress: 0.6 }));
    expect(status.textContent).toBe('First Light: Downloading');
    act(() => downloads.change('film', { status: 'complete', progress: 1 }));
    expect(status.textContent).toBe('First Light: Downloaded');
  });

  it('plays what is complete, where the page does', async () => {
    const film = downloadOf('film');
    const onPlay = vi.fn();
    const { show } = await setup({ state: { downloads: [film] } });
    expect(main().getAttribute('aria-disabled')).toBe('true');
    await show({ onPlay });
    await press(main());

    expect(onPlay).toHaveBeenCalledExactlyOnceWith(film);
  });

  it('renews a license that has ended', async () => {
    const license = licenseOf('persistent', { status: 'expired' });
    await setup({ state: { downloads: [downloadOf('film', { status: 'complete' }, { license })] } });
    expect(nameOf()).toBe('The time to watch this download is over Renew');
    await press(main());

    expect(nameOf()).toBe('Downloaded 1.2 GB');
  });

  it('does the best that helps, and has the rest beside it', async () => {
    const failed = downloadOf('film', { status: 'failed', error: new PlaybackError('storage-full') });
    const onFreeSpace = vi.fn();
    const { calls } = await setup(
      { state: { downloads: [failed] } },
      { onRecovery: { 'free-space': onFreeSpace } },
    );
    await press(main());
    expect(onFreeSpace).toHaveBeenCalledOnce();
    await press(screen.getByRole('button', { name: 'Try again' }));

    expect(calls('resume')).toEqual([['resume', 'film']]);
  });
});

describe('a page', () => {
  it('gets a button that does nothing yet from a server', () => {
    const html = renderToString(
      <SecurePlayerProvider downloads={createFakeDownloads({ state: { downloads: [downloadOf('film')] } })}>
        <DownloadButton source={FILM} />
      </SecurePlayerProvider>,
    );

    expect(html).toContain('data-status="none"');
    expect(html).toContain('aria-disabled="true"');
    expect(html).not.toContain('style=');
  });

  it('hears of a source without an id', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const downloads = createFakeDownloads();

    expect(() =>
      render(
        <SecurePlayerProvider downloads={downloads}>
          <DownloadButton source={{ src: '/a.mpd' }} />
        </SecurePlayerProvider>,
      ),
    ).toThrow('<DownloadButton> needs a source with an `id`');
  });
});
