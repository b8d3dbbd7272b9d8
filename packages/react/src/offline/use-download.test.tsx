// @vitest-environment jsdom
import type { Downloads } from '@secure-player/offline';
import { act, cleanup, configure, getConfig, render, screen } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { createFakeDownloads, downloadOf, sourceOf } from '../testing/fake-downloads.js';
import { useDownload, type DownloadReading } from './use-download.js';
import { useDownloads, type DownloadsReading } from './use-downloads.js';

// Renders are counted here, and StrictMode doubles them.
const { reactStrictMode } = getConfig();
beforeAll(() => configure({ reactStrictMode: false }));
afterAll(() => configure({ reactStrictMode }));
afterEach(cleanup);

const TWO = [downloadOf('a', { status: 'downloading' }), downloadOf('b', { status: 'paused' })];

/** A component that shows one download, with all that the hook gave it. */
function createWatch(id: string) {
  const readings: DownloadReading[] = [];
  function Watch() {
    const reading = useDownload(id);
    readings.push(reading);
    return (
      <output aria-label={id}>
        {reading.status} {reading.download?.status ?? 'none'} {reading.download?.progress}
      </output>
    );
  }

  return { Watch, readings };
}

const below = (downloads: Downloads, children: ReactNode) => (
  <SecurePlayerProvider downloads={downloads}>{children}</SecurePlayerProvider>
);
const textOf = (name: string) => screen.getByRole('status', { name }).textContent;

describe('useDownload', () => {
  it('tells of its title, and follows it', () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const { Watch } = createWatch('a');
    render(below(downloads, <Watch />));
    expect(textOf('a')).toBe('ready downloading 0.45');

    act(() => downloads.change('a', { progress: 0.5 }));
    expect(textOf('a')).toBe('ready downloading 0.5');
    act(() => downloads.set({ downloads: [] }));
    expect(textOf('a')).toBe('ready none ');
  });

  it('renders for its own title alone', () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const { Watch, readings } = createWatch('a');
    render(below(downloads, <Watch />));

    act(() => downloads.change('b', { progress: 0.9 }));
    act(() => downloads.set({ space: { usedBytes: 1, quotaBytes: 2, isPersisted: false } }));
    act(() => downloads.set({ downloads: downloads.getState().downloads.slice(0, 1) }));
    expect(readings).toHaveLength(1);
    act(() => downloads.change('a', { progress: 0.9 }));
    expect(readings).toHaveLength(2);
  });

  it('keeps its functions while the title changes, and binds them to it', async () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const { Watch, readings } = createWatch('a');
    render(below(downloads, <Watch />));
    const { start, pause, resume, remove, renewLicense, setPriority } = readings[0] as DownloadReading;
    await act(async () => {
      await pause();
      await resume();
      await setPriority(2);
      await renewLicense();
      await remove();
      await start(sourceOf('of another name'), { maxHeight: 360 });
    });

    expect(readings.at(-1)).toMatchObject({ start, pause, resume, remove, renewLicense, setPriority });
    expect(downloads.calls).toEqual([
      ['begin'],
      ['pause', 'a'],
      ['resume', 'a'],
      ['setPriority', 'a', 2],
      ['renewLicense', 'a'],
      ['remove', 'a'],
      ['start', 'a', { maxHeight: 360 }],
    ]);
  });

  it('is about another title when its id is another', () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const Watch = ({ id }: { id: string }) => <p>{useDownload(id).download?.status}</p>;
    const { rerender } = render(below(downloads, <Watch id="a" />));
    rerender(below(downloads, <Watch id="b" />));

    expect(screen.getByText('paused')).toBeTruthy();
  });
});

describe('useDownloads', () => {
  function createReader() {
    const readings: DownloadsReading[] = [];
    const Read = () => {
      readings.push(useDownloads());
      return null;
    };
    return { Read, readings };
  }

  it('tells of all, and keeps its functions', async () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const { Read, readings } = createReader();
    render(below(downloads, <Read />));
    const [first] = readings as [DownloadsReading];
    expect(first).toMatchObject({ status: 'ready', error: null, isOwner: true, downloads: TWO });

    await act(async () => first.pause('a'));
    const last = readings.at(-1) as DownloadsReading;
    expect(last.downloads.map(({ status }) => status)).toEqual(['paused', 'paused']);
    expect(last).toMatchObject({ start: first.start, inspect: first.inspect, remove: first.remove });
  });

  it('is the same object while nothing changes', () => {
    const downloads = createFakeDownloads();
    const { Read, readings } = createReader();
    const { rerender } = render(below(downloads, <Read />));
    rerender(below(downloads, <Read />));

    expect(readings).toHaveLength(2);
    expect(readings[1]).toBe(readings[0]);
  });

  it('hands every wish on', async () => {
    const downloads = createFakeDownloads({ state: { downloads: TWO } });
    const { Read, readings } = createReader();
    render(below(downloads, <Read />));
    const { setMeteredAllowed, setPriority, inspect } = readings[0] as DownloadsReading;
    await act(async () => {
      await setMeteredAllowed(true);
      await setPriority('b', 1);
      await inspect(sourceOf('c'));
    });

    expect(downloads.calls.slice(1)).toEqual([
      ['setMeteredAllowed', true],
      ['setPriority', 'b', 1],
      ['inspect', 'c'],
    ]);
  });
});

describe('the page', () => {
  it('begins the work once it is mounted, in StrictMode too', () => {
    const downloads = createFakeDownloads();
    const { Watch } = createWatch('a');
    renderToString(below(downloads, <Watch />));
    expect(downloads.calls).toEqual([]);

    render(<StrictMode>{below(downloads, <Watch />)}</StrictMode>);
    expect(downloads.calls[0]).toEqual(['begin']);
    expect(downloads.calls.every(([name]) => name === 'begin')).toBe(true);
  });

  it('is starting on a server, and takes that over without a mismatch', async () => {
    const warn = vi.spyOn(console, 'error');
    const onRecoverableError = vi.fn();
    const { Watch } = createWatch('a');
    const page = below(createFakeDownloads({ state: { downloads: TWO } }), <Watch />);
    const container = document.createElement('div');
    document.body.append(container);
    container.innerHTML = renderToString(page);
    expect(container.textContent).toBe('starting none ');

    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
    expect(textOf('a')).toBe('ready downloading 0.45');
    expect(onRecoverableError).not.toHaveBeenCalled();
    expect(warn).not.toHaveBeenCalled();
    act(() => root.unmount());
    container.remove();
  });

  it.each([
    ['useDownloads', () => void useDownloads()],
    ['useDownload', () => void useDownload('a')],
  ])('without downloads: %s names what is missing', (name, use) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const Page = () => {
      use();
      return null;
    };
    const fix = new RegExp(
      `^${name} needs downloads: .*createDownloads.*outside of rendering.* <SecurePlayerProvider downloads={downloads}>`,
    );

    expect(() => render(<Page />)).toThrow(fix);
    expect(() =>
      render(
        <SecurePlayerProvider downloads={{ open: async () => null, renewLicense: async () => {} }}>
          <Page />
        </SecurePlayerProvider>,
      ),
    ).toThrow(fix);
  });
});
