// @vitest-environment jsdom
import type { OfflineTitles, Pictures, Source } from '@secure-player/core';
import { act, cleanup, render } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';

import { usePlayerView } from '../player/player-view.js';
import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { SecurePlayer } from './secure-player.js';

afterEach(cleanup);

const SOURCE: Source = { src: '/a.mpd', id: 'film', poster: '/poster.jpg', thumbnails: '/thumbnails.vtt' };
const OWN = { poster: '/poster.jpg', thumbnails: '/thumbnails.vtt' };
const NONE = { poster: undefined, thumbnails: undefined };
const KEPT = { poster: 'blob:poster', thumbnails: 'blob:thumbnails' };

function setup(source: Source, findPictures?: OfflineTitles['findPictures']) {
  const engines = createFakeEngines();
  const titles: OfflineTitles = { open: async () => null, renewLicense: async () => {}, findPictures };
  const seen: (typeof NONE | typeof OWN)[] = [];
  const View = () => {
    const { poster, thumbnails } = usePlayerView();
    seen.push({ poster, thumbnails } as typeof OWN);
    return null;
  };
  const page = (shown: Source) => (
    <SecurePlayerProvider downloads={titles}>
      <SecurePlayer source={shown}>
        <View />
      </SecurePlayer>
    </SecurePlayerProvider>
  );

  const mount = () => {
    const { container, rerender } = render(page(source), { wrapper: engines.wrapper });
    return { rerender, poster: () => container.querySelector('video')?.getAttribute('poster') };
  };

  return { seen, page, mount };
}

it('are shown in place of those of the network, which are never asked for', async () => {
  const { mount, seen } = setup(SOURCE, async () => KEPT);
  const { poster } = mount();
  expect(poster()).toBeNull();
  await settle();

  expect(poster()).toBe('blob:poster');
  expect(seen.at(-1)).toEqual(KEPT);
  expect(seen).not.toContainEqual(OWN);
});

it('are those of the source where the device says so', async () => {
  const findPictures = vi.fn(async ({ poster, thumbnails }: Pictures) => ({ poster, thumbnails }));
  const { mount, seen } = setup(SOURCE, findPictures);
  mount();
  await settle();

  expect(seen.at(-1)).toEqual(OWN);
  expect(findPictures).toHaveBeenCalledWith({ id: 'film', ...OWN });
});

it.each<[string, Source, OfflineTitles['findPictures']]>([
  ['the source has no id', { ...SOURCE, id: undefined }, async () => KEPT],
  ['nothing keeps pictures', SOURCE, undefined],
])('are those of the source from the first moment on where %s', (_, source, findPictures) => {
  const { mount, seen } = setup(source, findPictures);
  mount();

  expect(seen).not.toContainEqual(NONE);
  expect(seen.at(-1)).toEqual(OWN);
});

it('are not given to a source that names none', async () => {
  const findPictures = vi.fn(async () => KEPT);
  const { mount, seen } = setup({ src: '/a.mpd', id: 'film' }, findPictures);
  mount();
  await settle();

  expect(seen.at(-1)).toEqual(NONE);
  expect(findPictures).not.toHaveBeenCalled();
});

it('are of the title that is shown, however late those of the last one are found', async () => {
  let findFirst: (found: Pictures) => void = () => {};
  const first = new Promise<Pictures>((resolve) => {
    findFirst = resolve;
  });
  const { mount, page } = setup(SOURCE, ({ id, poster }) =>
    id === 'film' ? first : Promise.resolve({ poster }),
  );
  const { rerender, poster } = mount();
  rerender(page({ ...SOURCE, id: 'other', poster: '/other.jpg' }));
  await settle();
  await act(async () => findFirst(KEPT));

  expect(poster()).toBe('/other.jpg');
});

it('are the source’s in the markup of a server', () => {
  const { page } = setup(SOURCE, async () => KEPT);

  expect(renderToString(page(SOURCE))).toContain('poster="/poster.jpg"');
});
