/** Which header the proxies write. One, because a proxy passes on the other as the client sent it. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded';

/** More than any chain of proxies has; what lies further left was sent by the client. */
const MAX_HOPS = 32;

/**
 * The hops of a forwarding header, nearest first. A hop that hides (`unknown`, `_secret`) or makes no sense is there as it
 * was written and is no address to whoever parses it.
 */
export function forwardedHops(value: string, header: ForwardedHeader): string[] {
  const elements = splitOutsideQuotes(value, ',').slice(-MAX_HOPS);
  const hops: string[] = [];
  for (const element of elements) {
    hops.unshift(withoutPort(header === 'forwarded' ? forParameter(element) : element.trim()));
  }
  return hops;
}

/** RFC 7239 section 4: parameters in any order, names in any case, values quoted or not. */
function forParameter(element: string): string {
  for (const pair of splitOutsideQuotes(element, ';')) {
    const match = /^\s*for=(.*?)\s*$/i.exec(pair);
    if (match) return (match[1] ?? '').replace(/^"(.*)"$/, '$1');
  }
  return '';
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711`, as some proxies write them; an IPv6 address without brackets has no port. */
function withoutPort(node: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(node);
  if (bracketed) return bracketed[1] ?? '';
  return /^[\d.]+:\d{1,5}$/.test(node) ? node.slice(0, node.indexOf(':')) : node;
}

/**
 * Splits from the right, where the nearest proxy wrote: a quote that a client left open further left would otherwise take in
 * what the proxy added, or hide it.
 */
function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);

  const parts: string[] = [];
  let end = text.length;
  let isQuoted = false;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    if (text[index] === '"' && !isEscaped(text, index)) isQuoted = !isQuoted;
    else if (text[index] === separator && !isQuoted) {
      parts.unshift(text.slice(index + 1, end));
      end = index;
    }
  }
  parts.unshift(text.slice(0, end));
  return parts;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text[index - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
