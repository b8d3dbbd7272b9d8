import { keyIdFromBytes, keyIdToBytes, type KeyId } from '@secure-player/protocol';

/** A content key and its id. `key` is secret. */
export interface ContentKey {
  readonly keyId: KeyId;
  /** 16 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
}

/**
 * The key of one key period, as Packager makes it of a raw key: key id and key turned left by as many bytes as the period's
 * number (its RawKeySource::GetCryptoPeriodKey, which calls this "only intended for testing purpose"). After 16 periods it
 * begins anew.
 */
export function rotateKey({ keyId, key }: { keyId: KeyId; key: Uint8Array }, period: number): ContentKey {
  return { keyId: keyIdFromBytes(turnLeft(keyIdToBytes(keyId), period)), key: turnLeft(key, period) };
}

function turnLeft(bytes: Uint8Array, places: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (_, index) => bytes[(index + places) % bytes.length] ?? 0);
}
