/** What went wrong, in a SOAP fault. Neither member may hold a token or a key. */
export interface PlayReadyFault {
  /** For programs, such as a problem code. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

export function writePlayReadyFault(fault: PlayReadyFault): Uint8Array<ArrayBuffer> {
  throw new Error(`not written yet: ${fault.code}`);
}
