import { ProtocolError } from '../protocol-error.js';

/** EME's `MediaKeySessionType`: whether a license ends with its session or is kept. */
export type ClearKeySessionType = 'temporary' | 'persistent-license';

/** Reads the member `type`. */
export function readSessionType(value: unknown): ClearKeySessionType {
  if (value === 'temporary' || value === 'persistent-license') return value;

  throw new ProtocolError('invalid-value', 'type', 'must be `temporary` or `persistent-license`');
}
