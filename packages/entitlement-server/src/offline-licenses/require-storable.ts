import type { Title } from '../catalog/title.js';
import { ProblemError } from '../http/problem-error.js';
import { mayBeStored } from '../policy/license-bounds.js';

/** Refuses a title whose licenses may not be stored. */
export function requireStorable({ policy = {} }: Title): void {
  if (!mayBeStored(policy)) throw new ProblemError('offline-not-allowed');
}
