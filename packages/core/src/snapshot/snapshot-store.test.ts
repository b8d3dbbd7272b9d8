import { expect, it, vi } from 'vitest';

import { SnapshotStore } from './snapshot-store.js';

interface Shelf {
  readonly books: readonly { readonly title: string }[];
  readonly lent: number;
}

const setup = () =>
  new SnapshotStore<Shelf>({ books: [{ title: 'Emma' }, { title: 'Middlemarch' }], lent: 0 });

it('gives the same frozen snapshot while nothing changes', () => {
  const { getState, patch, ...store } = { ...bind(setup()) };
  const before = getState();
  const listener = vi.fn();
  store.subscribe(listener);
  patch({ books: [{ title: 'Emma' }, { title: 'Middlemarch' }] });

  expect(getState()).toBe(before);
  expect(Object.isFrozen(before)).toBe(true);
  expect(listener).not.toHaveBeenCalled();
});

it('keeps the parts that did not change', () => {
  const store = setup();
  const [emma] = store.getState().books;
  store.patch({ books: [{ title: 'Emma' }], lent: 1 });

  expect(store.getState()).toEqual({ books: [{ title: 'Emma' }], lent: 1 });
  expect(store.getState().books[0]).toBe(emma);
  expect(Object.isFrozen(store.getState())).toBe(true);
});

it('keeps a part frozen that was, though some of it is as before', () => {
  const store = setup();
  const book = Object.freeze({ title: 'Persuasion', tags: ['sea'] });
  store.patch({ books: [book] });
  store.patch({ books: [Object.freeze({ title: 'Emma', tags: ['sea'] })] });

  expect(store.getState().books[0]).toEqual({ title: 'Emma', tags: ['sea'] });
  expect(Object.isFrozen(store.getState().books[0])).toBe(true);
});

it('tells those who listen, until they no longer do', () => {
  const store = setup();
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  store.patch({ lent: 1 });
  unsubscribe();
  store.patch({ lent: 2 });

  expect(listener).toHaveBeenCalledOnce();
});

it('tells the others when one of them throws, and lets the page hear of it', () => {
  const report = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {});
  const store = setup();
  const other = vi.fn();
  store.subscribe(() => {
    throw new Error('mine');
  });
  store.subscribe(other);
  store.patch({ lent: 1 });

  expect(other).toHaveBeenCalledOnce();
  expect(() => report.mock.calls[0]?.[0]()).toThrow('mine');
  report.mockRestore();
});

/** The members as a page would pass them on, without their store. */
function bind(store: SnapshotStore<Shelf>) {
  const { getState, subscribe } = store;
  return { getState, subscribe, patch: (change: Partial<Shelf>) => store.patch(change) };
}
