// @vitest-environment jsdom
import { PlaybackError } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PlayButton } from '../controls/play-button/play-button.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { Watermark } from '../watermark/watermark.js';
import type { PlayerHandle, SecurePlayerProps } from './secure-player-props.js';
import { SecurePlayer } from './secure-player.js';

const exitFullscreen = vi.fn<() => Promise<void>>();
const exitPictureInPicture = vi.fn<() => Promise<void>>();

// jsdom has neither of the two screens.
beforeEach(() => {
  exitFullscreen.mockReset().mockRejectedValue(new TypeError('The viewer was faster.'));
  exitPictureInPicture.mockReset().mockRejectedValue(new TypeError('The viewer was faster.'));
  Object.assign(document, { exitFullscreen, exitPictureInPicture });
});

afterEach(() => {
  cleanup();
  for (const name of [
    'fullscreenElement',
    'pictureInPictureElement',
    'exitFullscreen',
    'exitPictureInPicture',
  ])
    Reflect.deleteProperty(document, name);
});

async function setup(props: SecurePlayerProps = {}) {
  const engines = createFakeEngines();
  const ref = createRef<PlayerHandle>();
  const page = (own: SecurePlayerProps) => (
    <>
      <SecurePlayer ref={ref} source={{ src: '/a.mpd' }} controls {...own} />
      <button type="button">Elsewhere</button>
    </>
  );
  const view = render(page(props), { wrapper: engines.wrapper });
  await settle();
  const { video, root } = ref.current ?? {};
  if (!video || !root) throw new Error('It is not rendered.');
  const fail = (code: PlaybackError['code'] = 'segment-unavailable') =>
    act(() => engines.current().options.listener.onError(new PlaybackError(code)));

  return { ...view, page, video, root, fail };
}

function show(property: 'fullscreenElement' | 'pictureInPictureElement', element: Element): void {
  Object.defineProperty(document, property, { value: element, configurable: true });
}

const nameOf = (element: Element) => element.getAttribute('data-testid') ?? element.localName;

describe('an error', () => {
  it('ends fullscreen where the browser’s own controls show nothing but the picture', async () => {
    const { video, fail } = await setup();
    show('fullscreenElement', video);
    fail();

    expect(exitFullscreen).toHaveBeenCalled();
    expect(exitPictureInPicture).not.toHaveBeenCalled();
  });

  it('ends picture-in-picture', async () => {
    const { video, fail } = await setup();
    show('pictureInPictureElement', video);
    fail();

    expect(exitPictureInPicture).toHaveBeenCalled();
    expect(exitFullscreen).not.toHaveBeenCalled();
  });

  it('ends the screen that iPhones have for a video', async () => {
    const { video, fail } = await setup();
    const webkitExitFullscreen = vi.fn();
    Object.assign(video, { webkitDisplayingFullscreen: true, webkitExitFullscreen });
    fail();

    expect(webkitExitFullscreen).toHaveBeenCalled();
  });

  it('leaves a fullscreen alone in which it can be seen, or which is another’s', async () => {
    const { root, fail } = await setup();
    show('fullscreenElement', root);
    show('pictureInPictureElement', document.createElement('video'));
    fail();

    expect(exitFullscreen).not.toHaveBeenCalled();
    expect(exitPictureInPicture).not.toHaveBeenCalled();
  });

  it('puts the controls under it out of reach until it is gone', async () => {
    const { video, fail } = await setup();
    expect(video.hasAttribute('inert')).toBe(false);
    fail();
    expect(video.hasAttribute('inert')).toBe(true);

    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(video.hasAttribute('inert')).toBe(false);
  });

  it('puts a layout of the page’s own out of reach, and gives back no more than it took', async () => {
    const { root, fail } = await setup({
      controls: false,
      children: (
        <>
          <div data-testid="bar">
            <PlayButton />
          </div>
          {/* React 18 does not know the attribute. */}
          <div data-testid="shelf" ref={(shelf) => shelf?.setAttribute('inert', '')} />
          <Watermark text="viewer@example.com" />
        </>
      ),
    });
    screen.getByRole('button', { name: 'Play' }).focus();
    fail();
    const parts = () => [...root.children].filter((part) => part.hasAttribute('inert')).map(nameOf);
    expect(parts()).toEqual(['video', 'bar', 'shelf']);
    expect(document.activeElement).toBe(root);

    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(parts()).toEqual(['shelf']);
  });

  it('takes the focus of the picture, and nobody else’s', async () => {
    const { video, root, fail } = await setup();
    video.tabIndex = 0;
    video.focus();
    fail();

    expect(document.activeElement).toBe(root);
  });

  it('leaves focus where it is elsewhere on the page', async () => {
    const { fail } = await setup();
    const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
    elsewhere.focus();
    fail();
    expect(document.activeElement).toBe(elsewhere);

    // A player that goes on by itself takes no focus either.
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(document.activeElement).toBe(elsewhere);
  });
});

describe('when an error goes, focus in it stays with the player, which does not scroll there', () => {
  it('after a retry', async () => {
    const { root, fail } = await setup();
    const focus = vi.spyOn(root, 'focus');
    fail();
    screen.getByRole('button', { name: 'Try again' }).focus();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();

    expect(document.activeElement).toBe(root);
    expect(focus).toHaveBeenCalledExactlyOnceWith({ preventScroll: true });
    expect(root.tabIndex).toBe(-1);
  });

  it('after another source', async () => {
    const { root, fail, rerender, page } = await setup();
    fail();
    screen.getByRole('button', { name: 'Try again' }).focus();
    rerender(page({ source: { src: '/b.mpd' } }));
    await settle();

    expect(document.activeElement).toBe(root);
  });
});
