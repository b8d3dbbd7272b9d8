import { invalidConfiguration } from '../entitlement-server-error.js';
import { parseAddress, type InternetAddress } from './internet-address.js';

/** Addresses and networks, such as those of the proxies in front of the server. */
export interface AddressList {
  has(address: InternetAddress): boolean;
}

/**
 * Reads a configured list of addresses (`192.0.2.1`) and networks (`10.0.0.0/8`, `2001:db8::/32`). Throws an
 * `EntitlementServerError` that names the entry at fault.
 */
export function createAddressList(entries: readonly string[], field: string): AddressList {
  const networks = entries.map((entry, index) => parseNetwork(entry, `${field}[${index}]`));
  return {
    has: (address) =>
      networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits)),
  };
}

type Network = readonly [network: InternetAddress, bits: number];

const MAPPED_BITS = 96;

function parseNetwork(entry: string, field: string): Network {
  const [text = '', length, ...rest] = entry.split('/');
  const address = parseAddress(text);
  const isMapped = address?.kind() === 'ipv4' && text.includes(':');
  const most = address?.kind() === 'ipv4' ? 32 : 128;
  const bits = lengthOf(length, most, isMapped);
  if (address === null || rest.length > 0 || bits < 0 || bits > most) {
    throw invalidConfiguration(
      field,
      'must be an address such as 192.0.2.1, or a network such as 10.0.0.0/8',
    );
  }
  return [address, bits];
}

/** Below 0 for what is no length. */
function lengthOf(text: string | undefined, most: number, isMapped: boolean): number {
  if (text === undefined) return most;
  if (!/^\d{1,3}$/.test(text)) return -1;
  return Number(text) - (isMapped ? MAPPED_BITS : 0);
}
