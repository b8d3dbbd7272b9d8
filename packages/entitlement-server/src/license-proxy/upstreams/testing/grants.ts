import { keyIdToGuid, type KeyPolicy } from '@secure-player/protocol';

import type { GrantedKey, UpstreamGrant, UpstreamRequest } from '../../license-upstream.js';

/** When every test of upstreams takes place. */
export const NOW = Date.UTC(2026, 0, 1, 12);

export const AUDIO = 'a0000000000000000000000000000001';
export const SD = 'a0000000000000000000000000000002';
export const HD = 'a0000000000000000000000000000003';

export const GUIDS = { AUDIO: keyIdToGuid(AUDIO), SD: keyIdToGuid(SD), HD: keyIdToGuid(HD) } as const;

/** Sound and SD, and HD where its policy is given. */
export function keysWith(hd?: KeyPolicy, sd: KeyPolicy = {}): readonly GrantedKey[] {
  return [
    { keyId: AUDIO, group: 'AUDIO', policy: {} },
    { keyId: SD, group: 'SD', policy: sd },
    ...(hd ? [{ keyId: HD, group: 'HD' as const, policy: hd }] : []),
  ];
}

/** A grant of sound and SD to somebody who is signed in. */
export function createGrant(parts: Partial<UpstreamGrant> = {}): UpstreamGrant {
  return {
    tenant: 'main',
    accountId: 'account-7',
    sessionKey: 'digest-of-a-session',
    deviceId: 'device-3',
    contentId: 'film',
    system: 'widevine',
    sessionType: 'temporary',
    keys: keysWith(),
    policy: {},
    ...parts,
  };
}

/** A request with that grant and a message that a test recognizes. */
export function createRequest(
  grant: Partial<UpstreamGrant> = {},
  parts: Partial<UpstreamRequest> = {},
): UpstreamRequest {
  return {
    grant: createGrant(grant),
    message: new Uint8Array([0, 1, 2, 254, 255]),
    contentType: 'application/octet-stream',
    soapAction: null,
    signal: new AbortController().signal,
    ...parts,
  };
}
