import type { LoginResponse } from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { SessionStore, type SessionStorageArea } from './session-store.js';

const login: LoginResponse = {
  token: 'token',
  expiresAt: 1000,
  account: { id: 'demo-basic', name: 'Ben Basic', plan: 'basic', subscriptionEndsAt: null },
};

function setup() {
  const items = new Map<string, string>();
  const storage: SessionStorageArea = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  const clock = { now: 0 };
  const open = () => new SessionStore(storage, () => clock.now);

  return { items, storage, clock, open };
}

describe('SessionStore', () => {
  it('survives a reload of the page', () => {
    const { open } = setup();
    open().start(login);

    expect(open().get()).toEqual(login);
    expect(open().token()).toBe('token');
  });

  it('forgets on signing out, in memory and in storage', () => {
    const { open, items } = setup();
    const store = open();
    store.start(login);
    store.end();

    expect(store.get()).toBeNull();
    expect(items.size).toBe(0);
  });

  it('gives no token that has run out, and drops it at the next reload', () => {
    const { open, clock } = setup();
    const store = open();
    store.start(login);
    clock.now = 1000;

    expect(store.token()).toBeNull();
    expect(open().get()).toBeNull();
  });

  it.each(['{', '[]', '"x"', '{"token":1}', '{"token":"t","expiresAt":9e9}'])(
    'ignores stored nonsense: %s',
    (text) => {
      const { open, items } = setup();
      open().start(login);
      const [key = ''] = items.keys();
      items.set(key, text);

      expect(open().get()).toBeNull();
    },
  );

  it('works in memory alone where storage is forbidden', () => {
    const forbidden = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const store = new SessionStore(
      { getItem: forbidden, setItem: forbidden, removeItem: forbidden },
      () => 0,
    );
    store.start(login);

    expect(store.get()).toEqual(login);
    expect(new SessionStore(null).get()).toBeNull();
  });

  it('tells whoever listens, and keeps the identity of a session', () => {
    const store = setup().open();
    const listener = vi.fn<() => void>();
    const stop = store.subscribe(listener);
    store.start(login);

    expect(store.get()).toBe(store.get());
    stop();
    store.end();
    expect(listener).toHaveBeenCalledOnce();
  });
});
