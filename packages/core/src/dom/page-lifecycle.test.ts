import { expect, it, vi } from 'vitest';

import { createPageLifecycle } from './page-lifecycle.js';

/** A window that tells what a browser would; there is none here. */
function setup() {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const controller = new AbortController();
  const listener = { onHide: vi.fn(), onReturn: vi.fn(), onOnline: vi.fn() };
  createPageLifecycle().observe(listener, controller.signal);
  const tell = (type: string, persisted = false) =>
    page.dispatchEvent(Object.assign(new Event(type), { persisted }));
  const calls = () => Object.values(listener).map(({ mock }) => mock.calls.length);

  return { controller, tell, calls };
}

it('tells that the page is left, came back as it was, and has a network again', () => {
  const { tell, calls } = setup();
  tell('pagehide');
  expect(calls()).toEqual([1, 0, 0]);
  tell('pageshow', true);
  expect(calls()).toEqual([1, 1, 0]);
  tell('online');
  expect(calls()).toEqual([1, 1, 1]);
});

it('tells nothing of a page that is shown for the first time, nor after the end', () => {
  const { controller, tell, calls } = setup();
  tell('pageshow');
  controller.abort();
  for (const type of ['pagehide', 'pageshow', 'online']) tell(type, true);

  expect(calls()).toEqual([0, 0, 0]);
});
