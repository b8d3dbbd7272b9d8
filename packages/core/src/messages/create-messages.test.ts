import { expect, it } from 'vitest';

import { ARABIC_MESSAGES } from './arabic-messages.js';
import { createMessages } from './create-messages.js';
import { ENGLISH_MESSAGES } from './english-messages.js';

it('takes the texts that are given, and keeps the others', () => {
  const messages = createMessages(ENGLISH_MESSAGES, {
    errors: { unknown: { title: 'Oh dear' } },
    recoveries: { retry: 'Once more' },
    close: undefined,
  });

  expect(messages.errors.unknown).toEqual({
    title: 'Oh dear',
    text: ENGLISH_MESSAGES.errors.unknown.text,
  });
  expect(messages.recoveries).toEqual({ ...ENGLISH_MESSAGES.recoveries, retry: 'Once more' });
  expect(messages.close).toBe('Close');
  expect(messages.errors['key-expired']).toBe(ENGLISH_MESSAGES.errors['key-expired']);
});

it('changes neither catalogue, and lets nobody change its own', () => {
  const messages = createMessages(ARABIC_MESSAGES, { errors: { unknown: { title: 'x' } } });

  expect(ARABIC_MESSAGES.errors.unknown.title).not.toBe('x');
  expect(Object.isFrozen(messages)).toBe(true);
  expect(Object.isFrozen(messages.errors)).toBe(true);
});

it('may be in another language, written in another direction', () => {
  expect(createMessages(ENGLISH_MESSAGES, { language: 'he', direction: 'rtl' })).toMatchObject({
    language: 'he',
    direction: 'rtl',
  });
});
