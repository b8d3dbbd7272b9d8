// @vitest-environment jsdom
import { PlaybackError } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Profiler, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayerProvider } from '../../provider/secure-player-provider.js';
import { settle } from '../../testing/fake-engine.js';
import { createFakeDownloads, downloadOf, licenseOf } from '../../testing/fake-downloads.js';
import type { FakeDownloadsOptions } from '../../testing/fake-downloads.js';
import { stubDialogs } from '../../testing/stub-dialogs.js';
import { ARABIC_DOWNLOADS } from '../messages/arabic-downloads.js';
import { DownloadItem } from './download-item.js';
import { DownloadList } from './download-list.js';

afterEach(cleanup);

const A = downloadOf('a', { status: 'downloading' }, { title: 'First Light' });
const B = downloadOf('b', { status: 'complete' }, { title: 'Night Train' });

function setup(options: FakeDownloadsOptions = {}, list: ReactNode = <DownloadList />) {
  const downloads = createFakeDownloads(options);
  render(<SecurePlayerProvider downloads={downloads}>{list}</SecurePlayerProvider>);

  return { downloads, called: () => downloads.calls.filter(([name]) => name !== 'begin') };
}

const article = (name: string) => screen.getByRole('article', { name });
const press = async (name: string, around = document.body) => {
  fireEvent.click(within(around).getByRole('button', { name }));
  await settle();
};

describe('the list', () => {
  it('has an item for each, in their order', () => {
    setup({ state: { downloads: [B, A] } });

    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'Night Train',
      'First Light',
    ]);
  });

  it('renders an item when it changes, and itself when one comes or goes', () => {
    const downloads = createFakeDownloads({ state: { downloads: [A, B] } });
    const commits: string[] = [];
    const counted = (id: string) => (
      <Profiler id={id} onRender={() => void commits.push(id)}>
        <DownloadItem id={id} />
      </Profiler>
    );
    render(
      <SecurePlayerProvider downloads={downloads}>
        {counted('a')}
        {counted('b')}
      </SecurePlayerProvider>,
    );
    commits.length = 0;

    act(() => downloads.change('a', { progress: 0.5 }));
    expect(commits).toEqual(['a']);
    act(() => downloads.set({ space: null }));
    expect(commits).toEqual(['a']);
  });

  it('keeps the elements of its items while others come and go', () => {
    const { downloads } = setup({ state: { downloads: [A, B] } });
    const kept = article('Night Train');
    act(() => downloads.set({ downloads: [B] }));
    expect(article('Night Train')).toBe(kept);
  });

  it('says what there is where there is nothing', () => {
    const { downloads } = setup(
      { state: { status: 'starting' } },
      <DownloadList whenEmpty={<a href="/films">More</a>} />,
    );
    const region = screen.getByRole('region', { name: 'Downloads' });
    expect(region.getAttribute('aria-busy')).toBe('true');
    expect(region.textContent).toBe('Reading what is on this device');

    act(() => downloads.set({ status: 'ready' }));
    expect(region.textContent).toContain('No downloads yet');
    expect(screen.getByRole('link', { name: 'More' })).toBeTruthy();

    act(() => downloads.set({ status: 'unavailable', error: new PlaybackError('storage-failed') }));
    expect(region.textContent).toContain('The storage of this browser failed');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('is starting on a server', () => {
    const html = renderToString(
      <SecurePlayerProvider downloads={createFakeDownloads({ state: { downloads: [A] } })}>
        <DownloadList />
      </SecurePlayerProvider>,
    );

    expect(html).toContain('data-status="starting"');
    expect(html).not.toContain('style=');
  });

  it('speaks another language, from right to left', () => {
    setup({ state: { downloads: [A] } }, <DownloadList messages={ARABIC_DOWNLOADS} headingLevel={2} />);

    expect(screen.getByRole('region', { name: 'التنزيلات' })).toMatchObject({ dir: 'rtl', lang: 'ar' });
    expect(screen.getByRole('heading', { level: 2 })).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'تقدّم First Light' })).toBeTruthy();
  });
});

describe('an item', () => {
  it('tells how far it has come, and says aloud where it stands alone', () => {
    const { downloads } = setup({ state: { downloads: [A] } });
    const bar = screen.getByRole('progressbar', { name: 'Progress of First Light' });
    expect(bar.getAttribute('aria-valuenow')).toBe('45');
    expect(screen.getByRole('status').textContent).toBe('Downloading');

    act(() => downloads.change('a', { progress: 0.999 }));
    expect(bar.getAttribute('aria-valuenow')).toBe('99');
    expect(screen.getByRole('status').textContent).toBe('Downloading');
    act(() => downloads.change('a', { status: 'preparing' }));
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
  });

  it('is paused and goes on', async () => {
    const { called } = setup({ state: { downloads: [A] } });
    await press('Pause: First Light');
    expect(article('First Light').dataset['status']).toBe('paused');
    await press('Resume: First Light');
    expect(article('First Light').dataset['status']).toBe('downloading');
    expect(called()).toEqual([
      ['pause', 'a'],
      ['resume', 'a'],
    ]);
  });

  it('is played by the page, once it can be', async () => {
    const onPlay = vi.fn();
    const unplayable = downloadOf('c', { status: 'preparing' }, { title: 'Salt' });
    const expired = downloadOf(
      'd',
      { status: 'complete' },
      {
        title: 'Echoes',
        license: licenseOf('vault', { status: 'expired' }),
      },
    );
    setup({ state: { downloads: [B, unplayable, expired] } }, <DownloadList onPlay={onPlay} />);
    expect(screen.getAllByRole('button', { name: /^Play/ })).toHaveLength(1);

    await press('Play: Night Train');
    expect(onPlay).toHaveBeenCalledExactlyOnceWith(B);
  });

  it('is removed after a question, and at once where nothing has come', async () => {
    stubDialogs();
    const { called } = setup({
      state: { downloads: [B, downloadOf('c', { status: 'queued' }, { title: 'Salt' })] },
    });
    await press('Remove: Night Train');
    await press('Keep', screen.getByRole('dialog', { name: 'Remove Night Train?' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(called()).toEqual([]);

    await press('Remove: Night Train');
    await press('Remove', screen.getByRole('dialog'));
    await press('Remove: Salt');
    expect(called()).toEqual([
      ['remove', 'b'],
      ['remove', 'c'],
    ]);
    expect(screen.getByText('No downloads yet')).toBeTruthy();
  });

  it('in trouble says what it is, and does what helps', async () => {
    const full = downloadOf('a', { status: 'failed', error: new PlaybackError('storage-full') });
    const onFreeSpace = vi.fn();
    const { called } = setup(
      { state: { downloads: [full] } },
      <DownloadList onRecovery={{ 'free-space': onFreeSpace }} />,
    );
    expect(article('First Light').dataset['errorCode']).toBe('storage-full');
    expect(article('First Light').textContent).toContain('Delete downloads that you do not need');

    await press('Free some space: First Light');
    expect(onFreeSpace).toHaveBeenCalledExactlyOnceWith(full.status === 'failed' && full.error);
    await press('Try again: First Light');
    expect(called()).toEqual([['resume', 'a']]);
    expect(article('First Light').dataset['errorCode']).toBeUndefined();
  });

  it('tells why another license did not come, and offers it again', async () => {
    const expired = downloadOf(
      'a',
      { status: 'complete' },
      {
        license: licenseOf('persistent', { status: 'expired' }),
      },
    );
    const { called } = setup({
      state: { downloads: [expired] },
      renewal: new PlaybackError('license-unreachable'),
    });
    await press('Renew: First Light');
    await press('Renew: First Light');

    expect(screen.getByText(/^The rights service could not be reached\./).getAttribute('role')).toBe(
      'status',
    );
    expect(called()).toEqual([
      ['renewLicense', 'a'],
      ['renewLicense', 'a'],
    ]);
  });

  it('shows a drawing in place of a poster that does not come', () => {
    const source = { ...A.source, poster: 'blob:gone' };
    setup({ state: { downloads: [downloadOf('a', { status: 'paused' }, { source })] } });
    const image = article('First Light').querySelector('img') as HTMLImageElement;
    fireEvent.error(image);

    expect(article('First Light').querySelector('img')).toBeNull();
  });
});
