import { expect, it } from 'vitest';
import { isRobustEnough } from './robustness.js';

const SYSTEM = { audioRobustness: ['LOW'], videoRobustness: ['LOW', 'HIGH'] };

it.each([
  ['video', '', true],
  ['video', 'LOW', true],
  ['video', 'HIGH', true],
  ['video', 'high', false],
  ['video', 'HIGHER', false],
  ['audio', '', true],
  ['audio', 'LOW', true],
  ['audio', 'HIGH', false],
] as const)('for %s at %j: %s', (kind, robustness, isEnough) => {
  expect(isRobustEnough(SYSTEM, kind, robustness)).toBe(isEnough);
});

it('is only ever met by the empty string where a system has no levels', () => {
  const system = { audioRobustness: [], videoRobustness: [] };

  expect(isRobustEnough(system, 'video', '')).toBe(true);
  expect(isRobustEnough(system, 'video', 'LOW')).toBe(false);
});
