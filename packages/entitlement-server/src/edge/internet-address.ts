import ipaddr from 'ipaddr.js';

/** An IPv4 or IPv6 address taken apart. One that stands for IPv4 in IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export type InternetAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** Reads an address; null for anything else, shorthands such as `127.1` and octal numbers included. */
export function parseAddress(text: string): InternetAddress | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return null;

  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** One spelling for each address. A zone (`%eth0`) means something on that machine only, and is left out. */
export function formatAddress(address: InternetAddress): string {
  if (address.kind() === 'ipv4') return address.toString();
  return new ipaddr.IPv6(address.toByteArray()).toString();
}

const IPV6_NETWORK_PARTS = 4;

/**
 * What counts as one client: an IPv4 address, or the /64 that an IPv6 address lies in, because a single subscriber is given
 * at least that many. `address` is one that was formatted here.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;

  const { parts } = ipaddr.IPv6.parse(address);
  const network = parts.slice(0, IPV6_NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
