/** EME's reasons, and the two of the key rotation proposal. */
export type ClosedReason =
  | 'internal-error'
  | 'closed-by-application'
  | 'release-acknowledged'
  | 'hardware-context-reset'
  | 'resource-evicted'
  | 'parent-closed'
  | 'parent-merged';
