import { resolveSource } from '@secure-player/core';
import { expect, it } from 'vitest';

import { createCmcdConfiguration } from './cmcd-configuration.js';

const source = resolveSource({ src: '/a.mpd', id: 'film-1' });

it('is off unless it is asked for', () => {
  expect(createCmcdConfiguration(undefined, source)).toEqual({});
  expect(createCmcdConfiguration(false, source)).toEqual({});
});

it('names the source by its id, and lets Shaka make up a session', () => {
  expect(createCmcdConfiguration(true, source)).toEqual({
    cmcd: { enabled: true, sessionId: '', contentId: 'film-1', useHeaders: false },
  });
  expect(createCmcdConfiguration(true, resolveSource({ src: '/a.mpd' }))).toMatchObject({
    cmcd: { contentId: '' },
  });
});

it('takes what the page says', () => {
  const options = { sessionId: 's', contentId: 'c', useHeaders: true };

  expect(createCmcdConfiguration(options, source)).toEqual({ cmcd: { enabled: true, ...options } });
});
