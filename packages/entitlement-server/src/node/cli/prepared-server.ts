import type { ServedApp } from '../serve.js';

/** A server that can be served, and has to be closed. */
export interface OpenServer extends ServedApp {
  readonly close: () => Promise<void>;
}

/** A server whose file was checked, with nothing opened yet. */
export interface PreparedServer {
  /** What it is called where its address is printed. */
  readonly name: string;
  /** Opens its store. Rejects with an `EntitlementServerError`. */
  open(): Promise<OpenServer>;
}
