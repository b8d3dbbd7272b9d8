// @vitest-environment jsdom
import {
  ARABIC_MESSAGES,
  createMessages,
  ENGLISH_MESSAGES,
  PlaybackError,
  type ViewerMessages,
} from '@secure-player/core';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { SecurePlayer } from './secure-player.js';

afterEach(cleanup);

async function failIn(messages: ViewerMessages, code: PlaybackError['code']) {
  const engines = createFakeEngines();
  render(
    <SecurePlayerProvider messages={messages}>
      <SecurePlayer source={{ src: '/a.mpd' }} />
    </SecurePlayerProvider>,
    { wrapper: engines.wrapper },
  );
  await settle();
  act(() => engines.current().options.listener.onError(new PlaybackError(code)));

  return screen.getByRole('alert', { name: messages.errors[code].title });
}

it('tells of an error in Arabic from right to left, and its code as it is', async () => {
  const alert = await failIn(ARABIC_MESSAGES, 'segment-unavailable');

  expect(alert).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect(alert.querySelector('code')?.textContent).toBe('segment-unavailable');
  expect(screen.getByRole('button', { name: ARABIC_MESSAGES.recoveries.retry })).toBeDefined();
});

it('is in the language of the page where a catalogue names none', async () => {
  const own = createMessages(ENGLISH_MESSAGES, { errors: { unknown: { title: 'Mist' } } });
  const alert = await failIn({ ...own, language: undefined, direction: undefined }, 'unknown');

  expect(alert.textContent).toContain('Mist');
  expect([alert.hasAttribute('lang'), alert.hasAttribute('dir')]).toEqual([false, false]);
});
