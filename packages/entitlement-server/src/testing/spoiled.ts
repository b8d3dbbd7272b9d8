import type fc from 'fast-check';

import type { FuzzRequest } from './fuzz-world.js';

/** Something that no client of ours would send. */
export interface BadRequest {
  /** How it was spoiled. */
  readonly kind: string;
  readonly request: FuzzRequest;
  /** Whether it cannot be taken for a good one: some of what is odd means nothing to a server. */
  readonly mustFail: boolean;
}

/** Requests that were good and are no longer. */
export type Spoiled = fc.Arbitrary<BadRequest>;
