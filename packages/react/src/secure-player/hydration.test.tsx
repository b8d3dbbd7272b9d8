// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';

import { usePlayer } from '../player/use-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { SecurePlayer } from './secure-player.js';

it('takes the server’s markup over without a mismatch, and then plays', async () => {
  const warn = vi.spyOn(console, 'error');
  const onRecoverableError = vi.fn();
  const engines = createFakeEngines();
  const Status = () => <output>{usePlayer(({ status }) => status)}</output>;
  const page = (
    <StrictMode>
      <engines.wrapper>
        <SecurePlayer autoPlay muted controls source={{ src: '/a.mpd', poster: '/poster.jpg' }}>
          <Status />
        </SecurePlayer>
      </engines.wrapper>
    </StrictMode>
  );
  const container = document.createElement('div');
  container.innerHTML = renderToString(page);
  const video = container.querySelector('video');
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
  await settle();

  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
  expect(container.querySelector('video')).toBe(video);
  expect(video?.muted).toBe(true);
  expect(container.querySelector('output')?.textContent).toBe('ready');
  expect(engines.loads()).toEqual(['/a.mpd']);
  act(() => root.unmount());
});
