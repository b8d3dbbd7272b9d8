import { describe, expect, it } from 'vitest';

import { PLAYBACK_ERROR_CODES } from '../error/error-table.js';
import { ARABIC_MESSAGES } from './arabic-messages.js';
import { ENGLISH_MESSAGES } from './english-messages.js';

/** Longer ones do not fit a player of 320 px; `e2e/tests/surfaces.spec.ts` measures it. */
const MAX_TITLE = 52;
const MAX_TEXT = 160;

/** Every text of a catalogue by its path. */
function textsOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];

  return Object.entries(value as object).flatMap(([name, inner]) => textsOf(inner, `${path}.${name}`));
}

const pathsOf = (messages: object) => textsOf(messages, '').map(([path]) => path);

describe.each([
  ['English', ENGLISH_MESSAGES],
  ['Arabic', ARABIC_MESSAGES],
])('the catalogue in %s', (_, messages) => {
  it('has words for every error, and no others', () => {
    expect(Object.keys(messages.errors).sort()).toEqual([...PLAYBACK_ERROR_CODES].sort());
  });

  it('has texts that are not empty and end as the others do', () => {
    for (const [, text] of textsOf(messages, '')) expect(text.trim()).toMatch(/^.{2,}$/);
    for (const { title, text } of Object.values(messages.errors)) {
      expect(title).toMatch(/[^.]$/);
      expect(text).toMatch(/\.$/);
    }
  });

  it('has texts that fit a small player', () => {
    const long = Object.entries(messages.errors).filter(
      ([, { title, text }]) => title.length > MAX_TITLE || text.length > MAX_TEXT,
    );
    expect(long).toEqual([]);
    for (const label of Object.values(messages.recoveries)) expect(label.length).toBeLessThanOrEqual(32);
  });

  it('has a label of its own for each recovery', () => {
    const labels = Object.values(messages.recoveries);

    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('Arabic', () => {
  it('has every text that English has', () => {
    expect(pathsOf(ARABIC_MESSAGES).sort()).toEqual(pathsOf(ENGLISH_MESSAGES).sort());
  });

  it('has the same gaps to be filled in', () => {
    const gapsOf = (messages: object) =>
      Object.fromEntries(
        textsOf(messages, '').map(([path, text]) => [path, text.match(/\{\w+\}/g)?.sort() ?? []]),
      );

    expect(gapsOf(ARABIC_MESSAGES)).toEqual(gapsOf(ENGLISH_MESSAGES));
  });

  it('is written from right to left, in its own letters', () => {
    expect(ARABIC_MESSAGES).toMatchObject({ language: 'ar', direction: 'rtl' });
    for (const [path, text] of textsOf(ARABIC_MESSAGES, '')) {
      if (/\.(?:language|direction)$/.test(path)) continue;
      expect(text).toMatch(/\p{Script=Arabic}/u);
      // Names have no other letters, and what is put in has no letters yet.
      expect(text.replaceAll(/HDCP|https|AirPlay|\{\w+\}/g, '')).not.toMatch(/[A-Za-z]/);
    }
  });
});
