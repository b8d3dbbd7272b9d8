import { SnapshotStore } from '../snapshot/snapshot-store.js';
import { NO_STREAM_LEASE, type StreamLeaseState } from './stream-lease-state.js';

/** What can be done about a player's stream. Nothing rejects: what came of it is the state. */
export interface StreamActions {
  /** Asks for the stream again, as for a viewer who has stopped another device. */
  readonly renew: () => Promise<void>;
  /** Takes the stream: the one with this id stops for it, or the one that began first. Playback goes on where it was. */
  readonly takeOver: (streamId?: string) => Promise<void>;
  /** Pauses, and gives the stream back; it is taken again when playback goes on. */
  readonly release: () => Promise<void>;
}

/** A player's stream: how it is, and what can be done about it. */
export interface KeptStream extends StreamActions {
  readonly getState: () => StreamLeaseState;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * The place of a player's lease, which comes late and may be another one with each source: readers and buttons keep to the
 * slot. Without a lease its functions do nothing.
 */
export class StreamLeaseSlot implements KeptStream {
  readonly #store = new SnapshotStore<StreamLeaseState>(NO_STREAM_LEASE);
  #lease: StreamActions | null = null;

  readonly getState = (): StreamLeaseState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);
  readonly renew = async (): Promise<void> => this.#lease?.renew();
  readonly takeOver = async (streamId?: string): Promise<void> => this.#lease?.takeOver(streamId);
  readonly release = async (): Promise<void> => this.#lease?.release();

  /** Puts a lease in the place of the last one, or nothing. What the last one said stays until another says something. */
  put(lease: StreamActions | null): void {
    this.#lease = lease;
  }

  /** Says how it is; what is left out is as without a lease. */
  tell(state: Partial<StreamLeaseState>): void {
    this.#store.patch({ ...NO_STREAM_LEASE, ...state });
  }
}
