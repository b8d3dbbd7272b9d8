// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { Watermark, type WatermarkProps } from './watermark.js';

beforeEach(() => {
  // Timers of the overlay alone: what settles a page runs on.
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const marks = () => [...document.querySelectorAll<HTMLElement>('[data-part="watermark"]')];
const mark = () => {
  const [only] = marks();
  if (!only) throw new Error('There is no watermark.');
  return only;
};

async function setup(props: Partial<WatermarkProps> = {}) {
  const onTamper = vi.fn<NonNullable<WatermarkProps['onTamper']>>();
  const page = (more: Partial<WatermarkProps> = {}) => (
    <SecurePlayer source={null}>
      <Watermark text="viewer@example.com" sessionId="session-7" onTamper={onTamper} {...props} {...more} />
    </SecurePlayer>
  );
  const { rerender, unmount } = render(page(), { wrapper: createFakeEngines().wrapper });
  await settle();

  return { onTamper, rerender: (more: Partial<WatermarkProps>) => rerender(page(more)), unmount };
}

describe('a watermark', () => {
  it('lies in the player’s root once, also in StrictMode, and is not for screen readers', async () => {
    await setup();

    expect(marks()).toHaveLength(1);
    expect(mark().parentElement).toBe(document.querySelector('[data-secure-player]'));
    expect(mark().textContent).toBe('viewer@example.com\nsession-7');
    expect(mark().getAttribute('aria-hidden')).toBe('true');
    expect(mark().style.pointerEvents).toBe('none');
    expect(mark().style.getPropertyPriority('opacity')).toBe('important');
  });

  it('takes another text, and stays over another render', async () => {
    const { rerender, onTamper } = await setup();
    rerender({ text: 'other@example.com', sessionId: undefined });
    await settle();

    expect(marks().map(({ textContent }) => textContent)).toEqual(['other@example.com']);
    expect(onTamper).not.toHaveBeenCalled();
  });

  it('goes with its player', async () => {
    const { unmount } = await setup();
    unmount();
    await settle();

    expect(marks()).toEqual([]);
  });

  it('outside of a player is a mistake that says so', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});

    expect(() => render(<Watermark text="lost" />)).toThrow('must be rendered within <SecurePlayer>');
  });
});

describe('a watermark that is', () => {
  const tamperings: readonly [string, 'removed' | 'altered', () => void][] = [
    ['removed', 'removed', () => mark().remove()],
    ['moved elsewhere', 'removed', () => document.body.append(mark())],
    ['made transparent', 'altered', () => mark().style.setProperty('opacity', '0', 'important')],
    ['without its style', 'altered', () => mark().removeAttribute('style')],
    ['hidden', 'altered', () => mark().setAttribute('hidden', '')],
    ['given a class', 'altered', () => mark().setAttribute('class', 'gone')],
    ['given another text', 'altered', () => mark().replaceChildren('somebody else')],
    ['given another text in place', 'altered', () => void ((mark().firstChild as Text).data = 'x')],
    ['wrapped', 'altered', () => mark().replaceChildren(document.createElement('b'))],
  ];

  it.each(tamperings)('%s is restored and reported', async (_, kind, tamper) => {
    const { onTamper } = await setup();
    const style = mark().style.cssText;
    tamper();
    await settle();

    expect(marks()).toHaveLength(1);
    expect(mark().parentElement).toBe(document.querySelector('[data-secure-player]'));
    expect(mark().textContent).toBe('viewer@example.com\nsession-7');
    expect(mark().style.cssText).toBe(style);
    expect(onTamper).toHaveBeenCalledExactlyOnceWith({ kind, count: 1 });
  });

  it('removed each time it comes back is restored five times in a second, and no more', async () => {
    const { onTamper } = await setup();
    const root = document.querySelector('[data-secure-player]');
    const remover = new MutationObserver(() => marks().forEach((element) => element.remove()));
    if (root) remover.observe(root, { childList: true });
    mark().remove();
    await settle();
    await settle();

    expect(onTamper).toHaveBeenCalledTimes(5);
    remover.disconnect();
  });
});

it('is not what the player’s own children do', async () => {
  const { onTamper } = await setup();
  document.querySelector('[data-secure-player]')?.append(document.createElement('p'));
  await settle();

  expect(onTamper).not.toHaveBeenCalled();
  expect(screen.queryByRole('alert')).toBeNull();
});
