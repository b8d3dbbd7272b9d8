// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { SecurePlayerProvider, type SecurePlayerProviderProps } from './secure-player-provider.js';

afterEach(cleanup);

it('has segments asked about where the page opts in, and as it has it now', async () => {
  const engines = createFakeEngines();
  const page = (props: SecurePlayerProviderProps) => (
    <SecurePlayerProvider authorize={() => 'token'} {...props}>
      <SecurePlayer source={{ src: '/a.mpd' }} />
    </SecurePlayerProvider>
  );
  const view = render(page({}), { wrapper: engines.wrapper });
  await settle();
  const { authorizer } = engines.current().options;
  expect(authorizer.asksForSegments()).toBe(false);

  view.rerender(page({ authorizeSegments: true }));
  await settle();
  expect(authorizer.asksForSegments()).toBe(true);
  expect(engines.loads()).toEqual(['/a.mpd']);
});
