import { PlaybackError } from '@secure-player/core';
import { expect, it } from 'vitest';

import { QualityCap } from './quality-cap.js';

const UNSUPPORTED = { severity: 2, category: 4, code: 4032, data: [] };

function setup(maxHeight: number | undefined, leavesOut: boolean) {
  const player = new EventTarget();
  const cap = new QualityCap(player as never, { maxHeight });
  if (leavesOut) player.dispatchEvent(new Event('trackschanged'));

  return cap;
}

it('names a cap that leaves nothing to play', () => {
  const error = setup(240, true).name(UNSUPPORTED);

  expect(error).toBeInstanceOf(PlaybackError);
  expect(error).toMatchObject({ code: 'no-allowed-quality', engineCode: 4032 });
});

it.each([
  ['without a cap', UNSUPPORTED, undefined, true],
  ['with a cap that leaves nothing out', UNSUPPORTED, 1080, false],
  ['for another reason', { ...UNSUPPORTED, code: 4000 }, 240, true],
  ['that is not Shaka’s', new Error('x'), 240, true],
])('leaves a failure as it was: one %s', (_, error, maxHeight, leavesOut) => {
  expect(setup(maxHeight, leavesOut).name(error)).toBe(error);
});
