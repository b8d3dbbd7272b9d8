import { expect, it } from 'vitest';
import { isPersistentSessionType } from './is-persistent-session-type.js';

it.each([
  ['temporary', false],
  ['persistent-license', true],
  ['persistent-usage-record', true],
  ['persistent-release-message', false],
  ['', false],
])('%j: %s', (sessionType, isPersistent) => {
  expect(isPersistentSessionType(sessionType)).toBe(isPersistent);
});
