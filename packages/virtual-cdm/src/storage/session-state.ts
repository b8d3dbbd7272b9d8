import { fromHex, toHex, type KeyPolicy, type LicensePolicy } from '@secure-player/protocol';

import type { DestroyedLicense } from '../dialect/dialect.js';

/** A content key as a session holds it. */
export interface HeldKey {
  readonly keyId: string;
  readonly key: Uint8Array<ArrayBuffer>;
  readonly policy: KeyPolicy;
}

/** A license as a session holds it, with the times that its bounds count from; epoch milliseconds. */
export interface HeldLicense {
  readonly licenseId: string;
  readonly policy: LicensePolicy;
  readonly firstReceivedAt: number;
  readonly receivedAt: number;
  readonly firstPlayedAt: number | null;
  readonly renewalRequestedAt: number | null;
  /** When a test ended it before its time; null where none has. */
  readonly endedAt: number | null;
}

/** When keys were used, as a usage record tells it; epoch milliseconds. */
export interface KeyUsage {
  readonly firstUsedAt: number;
  readonly lastUsedAt: number;
}

/** What a persistent session is when nothing has it open. */
export interface SessionState {
  readonly keys: readonly HeldKey[];
  readonly license: HeldLicense | null;
  readonly destroyed: DestroyedLicense | null;
  readonly usage: KeyUsage | null;
}

const IV_BYTES = 12;

/** Encrypts a session's state, so that no content key lies on the disk in the clear. */
export async function sealSessionState(
  state: SessionState,
  storageKey: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const keys = state.keys.map(({ key, ...rest }) => ({ ...rest, key: toHex(key) }));
  const text = new TextEncoder().encode(JSON.stringify({ ...state, keys }));
  // An initialization vector of AES-GCM must never repeat under one key, so it does not come from a seed.
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, storageKey, text);

  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV_BYTES);
  return bytes;
}

/** Rejects for bytes that were not encrypted under this key. */
export async function openSessionState(
  bytes: Uint8Array<ArrayBuffer>,
  storageKey: CryptoKey,
): Promise<SessionState> {
  const iv = bytes.slice(0, IV_BYTES);
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, storageKey, bytes.slice(IV_BYTES));
  const state = JSON.parse(new TextDecoder().decode(text)) as Omit<SessionState, 'keys'> & {
    readonly keys: readonly (Omit<HeldKey, 'key'> & { readonly key: string })[];
  };

  return { ...state, keys: state.keys.map(({ key, ...rest }) => ({ ...rest, key: fromHex(key) })) };
}
