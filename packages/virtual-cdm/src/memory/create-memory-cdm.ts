import { systemClock, type Clock } from '@secure-player/core';
import type { CertificateAuthority, HdcpLevel, KeyId } from '@secure-player/protocol';

import type { VirtualMediaKeySystemAccess } from '../access/media-key-system-access.js';
import type { CdmEnvironment } from '../cdm/cdm-environment.js';
import { VirtualCdm } from '../cdm/virtual-cdm.js';
import { MemoryDecryptor } from '../decryptor/memory-decryptor.js';
import { createHandle, type VirtualCdmHandle } from '../handle/virtual-cdm-handle.js';
import type { VirtualMediaKeys } from '../media-keys/virtual-media-keys.js';
import { createSeededRandom } from '../random/create-seeded-random.js';
import { VirtualMessageEvent } from '../session/virtual-message-event.js';
import { createMemorySessionStore } from '../storage/memory-session-store.js';
import type { SessionStore } from '../storage/session-store.js';
import type { VirtualSystem } from '../system/virtual-system.js';

/** Options of {@link createMemoryCdm}. */
export interface MemoryCdmOptions {
  readonly systems: readonly VirtualSystem[];
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** Two CDMs with one store are two documents of one origin. @default a store of its own */
  readonly storage?: SessionStore | undefined;
  /** The HDCP version of the virtual display. @default '2.2' */
  readonly display?: HdcpLevel | undefined;
  /** Makes session ids the same in every run. */
  readonly seed?: number | string | undefined;
  /** Whose certificates devices and license servers have. @default the published test root */
  readonly authority?: CertificateAuthority | undefined;
  /** Whether a kind of media counts as decryptable. @default MP4 and WebM with the usual codecs */
  readonly canDecrypt?: CdmEnvironment['canDecrypt'] | undefined;
}

/** A virtual CDM without a page. */
export interface MemoryCdm extends VirtualCdmHandle {
  /** As `navigator.requestMediaKeySystemAccess`. */
  readonly requestMediaKeySystemAccess: (
    keySystem: string,
    configurations: readonly MediaKeySystemConfigurationInit[],
  ) => Promise<VirtualMediaKeySystemAccess>;
  /** The ids of the keys that media could be decrypted with at this moment. */
  readonly usableKeyIds: readonly KeyId[];
  /** As a page does by beginning to play with these keys. */
  notePlaying(mediaKeys: VirtualMediaKeys): void;
}

/** EME's `MediaKeySystemConfiguration`, which a place without a DOM has no type of. */
export interface MediaKeySystemConfigurationInit {
  readonly label?: string | undefined;
  readonly initDataTypes?: readonly string[] | undefined;
  readonly audioCapabilities?: readonly MediaCapabilityInit[] | undefined;
  readonly videoCapabilities?: readonly MediaCapabilityInit[] | undefined;
  readonly distinctiveIdentifier?: 'required' | 'optional' | 'not-allowed' | undefined;
  readonly persistentState?: 'required' | 'optional' | 'not-allowed' | undefined;
  readonly sessionTypes?: readonly string[] | undefined;
}

/** EME's `MediaKeySystemMediaCapability`. */
export interface MediaCapabilityInit {
  readonly contentType: string;
  readonly encryptionScheme?: string | null | undefined;
  readonly robustness?: string | undefined;
}

/**
 * A virtual CDM for tests in Node: EME's objects, the messages and the policies, and nothing to decrypt. Nothing global
 * is touched; hand its `requestMediaKeySystemAccess` to the code under test.
 */
export function createMemoryCdm(options: MemoryCdmOptions): MemoryCdm {
  const { systems, clock = systemClock, display, seed, authority } = options;
  const decryptors: MemoryDecryptor[] = [];
  const cdm = new VirtualCdm({
    systems,
    display,
    authority,
    environment: {
      clock,
      store: options.storage ?? createMemorySessionStore(),
      random: createSeededRandom(seed),
      canDecrypt: options.canDecrypt ?? canDecryptCommonMedia,
      createDecryptor: async () => {
        const decryptor = new MemoryDecryptor();
        decryptors.push(decryptor);
        return decryptor;
      },
      queueTask: (task) => void setTimeout(task, 0),
      createMessageEvent: (type, message) => new VirtualMessageEvent(type, message),
    },
  });
  const handle = createHandle(cdm, () => cdm.close());

  return Object.defineProperties(handle as MemoryCdm, {
    requestMediaKeySystemAccess: {
      value: cdm.requestMediaKeySystemAccess.bind(cdm),
      enumerable: true,
    },
    usableKeyIds: {
      get: () => [...new Set(decryptors.flatMap((decryptor) => decryptor.usableKeyIds))],
      enumerable: true,
    },
    notePlaying: { value: (mediaKeys: VirtualMediaKeys) => cdm.notePlaying(mediaKeys), enumerable: true },
  });
}

const CODECS = {
  video: /^(?:avc[13]|hvc1|hev1|vp0?[89]|av01)(?:\.|$)/,
  audio: /^(?:mp4a|opus|vorbis|flac|ac-3|ec-3)(?:\.|$)/,
};

async function canDecryptCommonMedia(kind: 'audio' | 'video', contentType: string): Promise<boolean> {
  const [, type, codecs = ''] =
    /^\s*(audio|video)\/(?:mp4|webm)\s*(?:;\s*codecs\s*=\s*"?([^"]*)"?\s*)?$/i.exec(contentType) ?? [];
  const list = codecs.split(',').map((codec) => codec.trim());

  return type?.toLowerCase() === kind && list.every((codec) => CODECS[kind].test(codec));
}
