// @vitest-environment jsdom
import { expect, it } from 'vitest';

import type { Thumbnail } from './thumbnail-index.js';
import { createThumbnailView } from './thumbnail-view.js';

const thumbnail = (image: string): Thumbnail => ({
  startTime: 0,
  endTime: 4,
  image,
  x: 0,
  y: 0,
  width: 160,
  height: 90,
});

/** The elements of a seek bar, in which one title is shown after another. */
function setup() {
  const frame = document.createElement('div');
  const image = document.createElement('img');
  Object.defineProperty(image, 'naturalWidth', { get: () => (image.hasAttribute('src') ? 320 : 0) });
  const view = (load: () => Promise<readonly Thumbnail[]>) => {
    const controller = new AbortController();
    const show = createThumbnailView({ frame, image, load, signal: controller.signal });
    return { show, end: () => controller.abort() };
  };

  return { frame, image, view };
}

it('takes the picture of the last title away, and shows none before the next one has its own', async () => {
  const { frame, image, view } = setup();
  const first = view(async () => [thumbnail('https://cdn.example/first.jpg')]);
  first.show(1);
  await Promise.resolve();
  expect(frame.hasAttribute('data-loaded')).toBe(true);
  first.end();
  expect(frame.hasAttribute('data-loaded')).toBe(false);
  expect(image.hasAttribute('src')).toBe(false);

  view(async () => []).show(1);
  image.dispatchEvent(new Event('load'));
  expect(frame.hasAttribute('data-loaded')).toBe(false);
});

it('shows nothing of an index that arrives after its end', async () => {
  const { image, view } = setup();
  const arrival = Promise.resolve([thumbnail('https://cdn.example/late.jpg')]);
  const late = view(() => arrival);
  late.show(1);
  late.end();
  await arrival;

  expect(image.hasAttribute('src')).toBe(false);
});
