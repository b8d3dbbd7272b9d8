import {
  EME_ERROR_TABLE,
  HTTP_ERROR_TABLE,
  PLAYBACK_ERROR_CODES,
  type PlaybackErrorCode,
} from '@secure-player/core';
import { PROBLEM_CODES } from '@secure-player/protocol';
import { beforeAll, expect, it } from 'vitest';

import { SHAKA_CODE_TABLE } from './shaka-code-table.js';
import { listErrorCauses, type ErrorCause } from './testing/error-inventory.js';
import { writeErrorsPage } from './testing/errors-page.js';
import { loadRealShaka, type RealShaka } from './testing/real-shaka.js';

let shaka: RealShaka;
let causes: ErrorCause[];
beforeAll(async () => {
  shaka = await loadRealShaka();
  causes = listErrorCauses(shaka);
});

const namesOf = (origin: ErrorCause['origin']) =>
  causes.filter((cause) => cause.origin === origin).map(({ subject, name }) => `${subject} ${name}`.trim());

it('has every number of the installed Shaka once, and no number that it has not', () => {
  const numbers = Object.values(SHAKA_CODE_TABLE)
    .flat()
    .sort((a, b) => a - b);

  expect(numbers).toEqual(Object.values(shaka.util.Error.Code).sort((a, b) => a - b));
});

it('has every problem code of the server', () => {
  expect(namesOf('problem code').sort()).toEqual(Object.keys(PROBLEM_CODES).sort());
});

it('has every exception for every method, and every outcome for every kind of request', () => {
  const exceptions = Object.keys(EME_ERROR_TABLE.update).length;
  const outcomes = Object.keys(HTTP_ERROR_TABLE.license).length;

  expect(namesOf('EME')).toHaveLength(Object.keys(EME_ERROR_TABLE).length * exceptions);
  expect(namesOf('HTTP')).toHaveLength(Object.keys(HTTP_ERROR_TABLE).length * outcomes);
});

it('means one known code by each of 376 rows, and by 2 of them nothing that it knows', () => {
  const ids = causes.map(({ origin, subject, name }) => `${origin} ${subject} ${name}`);
  const codes: ReadonlySet<string> = new Set(PLAYBACK_ERROR_CODES);
  const unknown = causes.filter(({ code }) => code === 'unknown');

  expect(causes).toHaveLength(376);
  expect(new Set(ids).size).toBe(causes.length);
  expect(causes.filter(({ code }) => !codes.has(code))).toEqual([]);
  // Both are of Shaka's own tests.
  expect(unknown.map(({ name }) => name)).toEqual(['MALFORMED_TEST_URI', 'UNEXPECTED_TEST_REQUEST']);
  expect(unknown.length / causes.length).toBeLessThanOrEqual(0.05);
});

it('leaves no code without a way to it', () => {
  const reached = new Set(causes.map(({ code }) => code));
  const others = PLAYBACK_ERROR_CODES.filter((code) => !reached.has(code));

  // What the kit finds out by itself, and what only a page or its server can know.
  expect(others).toEqual<PlaybackErrorCode[]>([
    'engine-unavailable',
    'offline',
    'media-keys-in-use',
    'wrong-key',
    'key-missing',
    'authorize-failed',
    'license-empty',
    'license-html',
    'download-damaged',
    'download-changed',
    'clock-behind',
  ]);
});

it('is what the page on errors says; `npm run docs:errors` writes it anew', async () => {
  await expect(writeErrorsPage(causes)).toMatchFileSnapshot('../../../docs/errors.md');
});
