import { deriveContentKey, type KeyId } from '@secure-player/protocol';
import { deriveTitleKeys, titleKeyId } from '../keys/title-keys.js';
import type { KeyLabel } from '../mezzanine/mezzanine.js';
import { rotateKey } from './rotated-key.js';

/** The key of one group of streams in one key period. `key` is secret. */
export interface LeafKey {
  readonly label: KeyLabel;
  readonly period: number;
  readonly keyId: KeyId;
  /** 16 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
}

/** The key that opens a title's embedded keys. `key` is secret. */
export interface RootKey {
  readonly keyId: KeyId;
  /** 16 bytes; what a license server that has the seed derives for `keyId`. */
  readonly key: Uint8Array<ArrayBuffer>;
}

const LABELS: readonly KeyLabel[] = ['AUDIO', 'SD', 'HD'];
/** A key has 16 bytes to turn; after that it begins anew. */
const PERIODS = 16;

/** The root key of a title that `packageRotatingTitle` made or will make. */
export async function deriveRootKey(titleId: string, keySeed: Uint8Array): Promise<RootKey> {
  const keyId = titleKeyId(titleId, 'ROOT');
  return { keyId, key: await deriveContentKey(keySeed, keyId) };
}

/**
 * Every leaf key of such a title, for tests: whoever plays it gets them from the segments. Their ids are none that the same
 * title has without rotation, so that no license for it brings them.
 */
export async function deriveLeafKeys(titleId: string, keySeed: Uint8Array): Promise<LeafKey[]> {
  const first = await deriveFirstKeys(titleId, keySeed);
  return first.flatMap((key) =>
    Array.from({ length: PERIODS }, (_, period) => ({
      label: key.label,
      period,
      ...rotateKey(key, period),
    })),
  );
}

/** What Packager is given: the keys of period 0, of which it makes the others. */
export function deriveFirstKeys(titleId: string, keySeed: Uint8Array): ReturnType<typeof deriveTitleKeys> {
  return deriveTitleKeys(`${titleId}:leaf`, LABELS, keySeed);
}
