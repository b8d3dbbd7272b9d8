import { renderToString } from 'react-dom/server';
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
