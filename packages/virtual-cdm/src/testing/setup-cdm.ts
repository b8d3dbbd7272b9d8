import { toHex } from '@secure-player/protocol';

import { createManualClock } from '../clock/manual-clock.js';
import { createMemoryCdm, type MemoryCdm, type MemoryCdmOptions } from '../memory/create-memory-cdm.js';
import type { VirtualMediaKeys } from '../media-keys/virtual-media-keys.js';
import type { VirtualMediaKeySession } from '../session/virtual-media-key-session.js';
import type { VirtualMessageEvent } from '../session/virtual-message-event.js';
import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';

/** A CDM with one key system, on a clock that the test moves. */
export interface TestCdm {
  readonly cdm: MemoryCdm;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly mediaKeys: (...sessionTypes: readonly VirtualSessionType[]) => Promise<VirtualMediaKeys>;
  /** Moves the clock, and lets the CDM work off what came of it. */
  readonly advance: (seconds: number) => Promise<void>;
}

export function setupCdm(system: VirtualSystem, options: Partial<MemoryCdmOptions> = {}): TestCdm {
  const clock = createManualClock({ startsAt: Date.UTC(2026, 0, 1) });
  const cdm = createMemoryCdm({ systems: [system], clock, ...options });

  return {
    cdm,
    clock,
    async mediaKeys(...sessionTypes) {
      const access = await cdm.requestMediaKeySystemAccess(system.keySystem, [
        {
          initDataTypes: system.initDataTypes,
          videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }],
          ...(sessionTypes.length > 0 && { sessionTypes }),
        },
      ]);
      return access.createMediaKeys();
    },
    async advance(seconds) {
      clock.advance(seconds);
      await cdm.settled();
    },
  };
}

/** Everything that a session tells its page, in order. */
export class SessionWatch {
  readonly events: string[] = [];
  readonly messages: VirtualMessageEvent[] = [];

  constructor(session: VirtualMediaKeySession) {
    session.addEventListener('message', (event) => {
      const message = event as VirtualMessageEvent;
      this.messages.push(message);
      this.events.push(message.messageType);
    });
    session.addEventListener('keystatuseschange', () => this.events.push('keystatuseschange'));
    session.closed.then(
      (reason) => this.events.push(`closed: ${reason}`),
      () => this.events.push('closed was rejected'),
    );
  }

  get lastMessage(): ArrayBuffer {
    const message = this.messages.at(-1);
    if (!message) throw new Error('The session has sent no message.');
    return message.message;
  }
}

/** The statuses of a session by key id. */
export function statusesOf(session: VirtualMediaKeySession): Record<string, string> {
  const statuses: Record<string, string> = {};
  session.keyStatuses.forEach((status, keyId) => {
    statuses[toHex(new Uint8Array(keyId))] = status;
  });
  return statuses;
}
