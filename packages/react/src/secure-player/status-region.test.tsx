// @vitest-environment jsdom
import { ARABIC_MESSAGES, PlaybackError, type DrmState, type EngineState } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import type { SecurePlayerProps } from './secure-player-props.js';
import { SecurePlayer } from './secure-player.js';

const NOTICE = { code: 'quality-limited', reason: 'output-restricted' } as const;
const MINUTE_MS = 60_000;

afterEach(cleanup);

async function setup(props: SecurePlayerProps = {}, outcome?: () => Promise<void>) {
  const engines = createFakeEngines(outcome);
  const { container } = render(<SecurePlayer source={{ src: '/a.mpd' }} {...props} />, {
    wrapper: engines.wrapper,
  });
  await settle();
  const report = (state: Partial<EngineState>) =>
    act(() => engines.current().options.listener.onState(state));

  return { root: container.firstElementChild, engines, report };
}

const region = () => screen.getByRole('status');
const close = () => screen.getByRole('button', { name: 'Close' });

it('loading says that it loads', async () => {
  await setup({}, () => new Promise(() => {}));

  expect(region().textContent).toBe('Loading');
});

it('what comes up is said in a region that was there before', async () => {
  const { report } = await setup();
  const before = region();
  expect(before.textContent).toBe('');
  report({ notice: NOTICE });

  expect(region()).toBe(before);
  expect(before.textContent).not.toBe('');
});

describe('a notice', () => {
  it('is shown until the viewer closes it, and not again for the same reason', async () => {
    const { report } = await setup();
    report({ notice: { ...NOTICE } });
    expect(region().textContent).toBe('This display does not allow the higher picture quality.');

    fireEvent.click(close());
    report({ notice: { ...NOTICE } });
    expect(region().textContent).toBe('');
  });

  it('gives the focus to the player when it is closed, and when it goes by itself', async () => {
    const { root, report } = await setup();
    report({ notice: NOTICE });
    close().focus();
    fireEvent.click(close());
    expect(document.activeElement).toBe(root);

    report({ notice: { code: 'quality-limited', reason: 'key-missing' } });
    close().focus();
    report({ notice: null });
    expect(document.activeElement).toBe(root);
  });

  it('takes no focus that is elsewhere', async () => {
    const { report } = await setup({ children: <button type="button">Elsewhere</button> });
    report({ notice: NOTICE });
    screen.getByText('Elsewhere').focus();
    report({ notice: null });

    expect(document.activeElement).toBe(screen.getByText('Elsewhere'));
  });
});

describe('the end of a license', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 28, 21, 30) });
    return () => vi.useRealTimers();
  });

  const license = (minutes: number, renewal: DrmState['renewal'] = 'refused') => ({
    drm: {
      keySystem: 'com.widevine.alpha',
      keyStatuses: [],
      expiresAt: Date.now() + minutes * MINUTE_MS,
      renewal,
    },
  });
  const refusal = () =>
    ({ code: 'license-renewal-refused', error: new PlaybackError('subscription-expired') }) as const;

  it('is told where it is near and no renewal came, in place of the refusal', async () => {
    const { report } = await setup();
    report({ ...license(10), notice: refusal() });

    expect(region().textContent).toMatch(/^You can watch this video until 9:40\sPM\.$/);
  });

  it('is told in the words of the catalogue', async () => {
    const engines = createFakeEngines();
    render(
      <SecurePlayerProvider messages={ARABIC_MESSAGES}>
        <SecurePlayer source={{ src: '/a.mpd' }} />
      </SecurePlayerProvider>,
      { wrapper: engines.wrapper },
    );
    await settle();
    act(() => engines.current().options.listener.onState(license(10)));

    expect(region().textContent).toMatch(/^يمكنك مشاهدة هذا الفيديو حتى الساعة/);
    expect(region().lang).toBe('ar');
  });

  it.each([
    ['it is far', 60, 'refused'],
    ['a renewal is to come', 10, 'none'],
    ['it is over', -1, 'refused'],
  ] as const)('is not told where %s', async (_, minutes, renewal) => {
    const { report } = await setup();
    report(license(minutes, renewal));

    expect(region().textContent).toBe('');
  });

  it('is told where the page wants no renewal', async () => {
    const { report } = await setup({ keyStatusPolicy: { expired: 'error' } });
    report(license(10, 'none'));

    expect(region().textContent).toContain('until');
  });

  it('stays while a renewal is asked for again, and goes when one came', async () => {
    const { report } = await setup();
    report({ ...license(10), notice: refusal() });
    const line = () => region().querySelector('[data-part="expiry"]');
    const before = line();
    report(license(10, 'under-way'));
    expect(before).not.toBeNull();
    expect(line()).toBe(before);

    report({ ...license(60, 'none'), notice: null });
    expect(region().textContent).toBe('');
  });

  it('is not told again once the viewer has closed it', async () => {
    const { report } = await setup();
    const told = license(10);
    report({ ...told, notice: refusal() });
    fireEvent.click(close());
    report({ drm: { ...told.drm, renewal: 'under-way' } });

    expect(region().textContent).toBe('');
  });
});
