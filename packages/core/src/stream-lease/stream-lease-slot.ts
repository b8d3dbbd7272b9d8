import { SnapshotStore } from '../snapshot/snapshot-store.js';
import { NO_STREAM_LEASE, type StreamLeaseState } from './stream-lease-state.js';

/** What can be read of a lease and done about it; a `StreamLease` is one. */
export interface KeptStream {
  readonly getState: () => StreamLeaseState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly renew: () => Promise<void>;
  readonly takeOver: (streamId?: string) => Promise<void>;
  readonly release: () => Promise<void>;
}

/**
 * The place of a player's lease, which comes late and may be another one with each source: readers and buttons keep to the
 * slot. Without a lease its functions do nothing.
 */
export class StreamLeaseSlot implements KeptStream {
  readonly #store = new SnapshotStore<StreamLeaseState>(NO_STREAM_LEASE);
  #lease: KeptStream | null = null;

  readonly getState = (): StreamLeaseState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);
  readonly renew = (): Promise<void> => this.#lease?.renew() ?? Promise.resolve();
  readonly takeOver = (streamId?: string): Promise<void> =>
    this.#lease?.takeOver(streamId) ?? Promise.resolve();
  readonly release = (): Promise<void> => this.#lease?.release() ?? Promise.resolve();

  /** Puts a lease in the place of the last one, until the returned function is called; what it said last stays. */
  put(lease: KeptStream): () => void {
    const read = () => this.#store.patch(lease.getState());
    this.#lease = lease;
    const unsubscribe = lease.subscribe(read);
    read();

    return () => {
      unsubscribe();
      if (this.#lease === lease) this.#lease = null;
    };
  }
}
