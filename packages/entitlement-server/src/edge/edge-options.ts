import { isRegionCode } from '../catalog/region-code.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { createAddressList, type AddressList } from './address-list.js';
import type { ForwardedHeader } from './forwarded-for.js';

/** What stands between the server and its clients. */
export interface EdgeOptions {
  /**
   * Addresses and networks of the proxies in front of the server, such as `10.0.0.0/8`. What they say about a client is
   * believed; what anybody else says is not read.
   * @default none: the client is whoever connects
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /**
   * The header in which those proxies add the address that connected to them. They must not leave it as it came.
   * @default 'x-forwarded-for'
   */
  readonly forwardedHeader?: ForwardedHeader | undefined;
  /**
   * The header in which they say where a client is, by ISO 3166-1 alpha-2, such as `CF-IPCountry`. They must write it
   * themselves, and drop one that a client sent.
   * @default none
   */
  readonly regionHeader?: string | undefined;
  /**
   * Where clients are of whom no trusted proxy says anything. One of whom it says nothing usable is nowhere.
   * @default none: titles with `regions` are refused to them
   */
  readonly defaultRegion?: string | undefined;
}

/** The options with every default in its place, checked. */
export interface ResolvedEdgeOptions {
  readonly trustedProxies: AddressList;
  readonly forwardedHeader: ForwardedHeader;
  readonly regionHeader: string | null;
  readonly defaultRegion: string | null;
}

/** Fills in defaults and refuses what cannot work. */
export function resolveEdgeOptions(options: EdgeOptions): ResolvedEdgeOptions {
  const { trustedProxies = [], forwardedHeader = 'x-forwarded-for' } = options;
  const { regionHeader = null, defaultRegion = null } = options;
  if (forwardedHeader !== 'x-forwarded-for' && forwardedHeader !== 'forwarded') {
    throw invalidConfiguration('forwardedHeader', 'must be x-forwarded-for or forwarded');
  }
  if (regionHeader !== null && !/^[\w-]+$/.test(regionHeader)) {
    throw invalidConfiguration('regionHeader', 'must be the name of a header, such as CF-IPCountry');
  }
  if (regionHeader !== null && trustedProxies.length === 0) {
    throw invalidConfiguration('regionHeader', 'is believed of trustedProxies only, and there are none');
  }
  if (defaultRegion !== null && !isRegionCode(defaultRegion)) {
    throw invalidConfiguration('defaultRegion', 'must be a code of ISO 3166-1 such as DE');
  }
  return {
    trustedProxies: createAddressList(trustedProxies, 'trustedProxies'),
    forwardedHeader,
    regionHeader,
    defaultRegion,
  };
}
