import type { Clock } from '@secure-player/core';

import type { Decryptor } from '../decryptor/decryptor.js';
import type { MessageType } from '../dialect/dialect.js';
import type { SessionStore } from '../storage/session-store.js';

/** What a virtual CDM needs of the place it runs in: a page, or Node. */
export interface CdmEnvironment {
  readonly clock: Clock;
  readonly store: SessionStore;
  /** Fills with random bytes, as `crypto.getRandomValues` does; seeded where a test wants the same ids each time. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  /**
   * Whether media of this MIME type under this scheme can really be decrypted and played here. `contentType` is as the
   * page wrote it. Null for a scheme that the page did not name.
   */
  readonly canDecrypt: (
    kind: 'audio' | 'video',
    contentType: string,
    encryptionScheme: string | null,
  ) => Promise<boolean>;
  /** One for each MediaKeys. Rejects where the place has no way to decrypt. */
  readonly createDecryptor: () => Promise<Decryptor>;
  /** HTML's "queue a task": what is called runs after all microtasks, in the order of the calls. */
  readonly queueTask: (task: () => void) => void;
  /** EME's `message` event, of the platform's own class where there is one. */
  readonly createMessageEvent: (messageType: MessageType, message: ArrayBuffer) => Event;
  /** Whether media is playing with the keys of this decryptor at this moment. @default never known */
  readonly isPlaying?: ((decryptor: Decryptor) => boolean) | undefined;
}
