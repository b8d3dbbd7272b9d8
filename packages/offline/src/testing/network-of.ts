import type { Clock } from '@secure-player/core';

import { createManualClock } from '../licenses/testing/manual-clock.js';
import type { Network } from '../transfer/fetch-answer.js';
import type { FakeOrigin } from './fake-origin.js';

/** A network that leads to one server. Jitter is in its middle. */
export function networkOf(origin: FakeOrigin, overrides: Partial<Network> = {}): Network {
  const clock: Clock = createManualClock();
  return {
    fetch: origin.fetch,
    clock,
    random: () => 0.5,
    isOnline: () => true,
    authorize: null,
    ...overrides,
  };
}
