import { isRegionCode } from '../catalog/region-code.js';
import type { ResolvedEdgeOptions } from './edge-options.js';
import { forwardedHops } from './forwarded-for.js';
import { formatAddress, parseAddress } from './internet-address.js';
import { remember } from '../storage/remember.js';

/** Who sends a request, as far as it can be believed. */
export interface ClientLocation {
  /** In one spelling; null where there is no network, or where a trusted proxy hides it. */
  readonly address: string | null;
  /** ISO 3166-1 alpha-2 in upper case. */
  readonly region: string | null;
}

/**
 * Tells where requests come from. Only when the peer of a connection is a trusted proxy are headers read at all, and
 * forwarding headers from the right, past hops that are trusted too: what lies further left is the client's own text.
 */
export function createClientLocator(
  options: ResolvedEdgeOptions,
): (peer: string | null, headers: Headers) => ClientLocation {
  const { trustedProxies, defaultRegion } = options;
  const readPeer = remember((text) => {
    const address = parseAddress(text);
    return address && { text: formatAddress(address), isTrusted: trustedProxies.has(address) };
  });

  return (peer, headers) => {
    const known = peer === null ? null : readPeer(peer);
    if (known === null) return { address: null, region: defaultRegion };
    if (!known.isTrusted) return { address: known.text, region: defaultRegion };

    return { address: forwardedAddress(known.text, headers, options), region: regionOf(headers, options) };
  };
}

function forwardedAddress(
  peer: string,
  headers: Headers,
  { trustedProxies, forwardedHeader }: ResolvedEdgeOptions,
): string | null {
  const value = headers.get(forwardedHeader);
  let nearest = peer;
  for (const hop of value === null ? [] : forwardedHops(value, forwardedHeader)) {
    const address = parseAddress(hop);
    // The proxy's own address would do for counting, but it may be one that is allowed more than its clients.
    if (address === null) return null;

    nearest = formatAddress(address);
    if (!trustedProxies.has(address)) break;
  }
  return nearest;
}

function regionOf(headers: Headers, { regionHeader, defaultRegion }: ResolvedEdgeOptions): string | null {
  const value = regionHeader === null ? null : headers.get(regionHeader);
  if (value === null) return defaultRegion;

  // A proxy that does not know says so (`XX`), and must not be taken for one that does not speak of it.
  const region = value.trim().toUpperCase();
  return isRegionCode(region) ? region : null;
}
