import type { Random } from '../../../secrets/opaque-secret.js';
import type { Clock } from '../../../storage/owned-expiring-map.js';

/** What tokens are made with besides secrets; injected, so that a test knows every byte. */
export interface TokenSource {
  readonly clock: Clock;
  readonly random: Random;
}

/** How long a token for a vendor's license server is valid: it is used at once, by one request. */
export const TOKEN_LIFETIME_SECONDS = 60;

/** A random UUID (version 4), by which a server can tell that a token came twice. */
export function createUuid(random: Random): string {
  const bytes = Uint8Array.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Epoch milliseconds as JWTs write them: whole seconds, rounded down. */
export function toEpochSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** Epoch milliseconds as `2026-01-01T00:00:00Z`, rounded down to the second, so that an end never moves back. */
export function toUtcText(milliseconds: number): string {
  return new Date(toEpochSeconds(milliseconds) * 1000).toISOString().replace('.000Z', 'Z');
}
