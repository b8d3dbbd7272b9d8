import { lazy, Suspense } from 'react';
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';

import { SecurePlayer, SecurePlayerProvider, usePlayer } from '../index.js';

const Status = () => <output>{usePlayer(({ status, currentTime }) => `${status} ${currentTime}`)}</output>;
const player = (
  <SecurePlayer autoPlay muted loop controls source={{ src: '/a.mpd', poster: '/poster.jpg' }}>
    <Status />
  </SecurePlayer>
);

it('renders an idle player where there is no browser, and says nothing on the console', () => {
  const warn = vi.spyOn(console, 'error');
  expect(typeof document).toBe('undefined');
  const html = renderToString(player);

  expect(html).toContain('data-status="idle"');
  expect(html).toContain('<output>idle 0</output>');
  expect(html).toContain('poster="/poster.jpg"');
  expect(html).not.toContain('data-error-code');
  expect(warn).not.toHaveBeenCalled();
});

it('renders the same with a provider, which asks for nothing', () => {
  const authorize = vi.fn(() => 'token');

  expect(renderToString(<SecurePlayerProvider authorize={authorize}>{player}</SecurePlayerProvider>)).toBe(
    renderToString(player),
  );
  expect(authorize).not.toHaveBeenCalled();
});

it('streams an idle player with the rest of the page, and one that was late in its place', async () => {
  const onError = vi.fn();
  const Late = lazy(async () => ({ default: () => <SecurePlayer className="late" source={null} /> }));
  const stream = await renderToReadableStream(
    <main>
      {player}
      <Suspense fallback={<p>waiting</p>}>
        <Late />
      </Suspense>
    </main>,
    { onError },
  );
  const html = await new Response(stream).text();

  expect(html.indexOf('<output>idle 0</output>')).toBeGreaterThan(0);
  expect(html.indexOf('class="secure-player late"')).toBeGreaterThan(html.indexOf('waiting'));
  expect(onError).not.toHaveBeenCalled();
});
