/** What a Range header asks of a file. */
export type ByteRange =
  /** Send all of it: there is no range, or none that has to be understood. */
  | { readonly kind: 'whole' }
  /** Both ends are sent. */
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: ByteRange = { kind: 'whole' };
const UNSATISFIABLE: ByteRange = { kind: 'unsatisfiable' };

/**
 * Reads a Range header (RFC 9110 section 14.2). A unit other than bytes, broken syntax and several ranges at once are
 * answered with the whole file, as the section allows: no player asks for several, and assembling overlapping ones is a
 * way to wear a server out.
 */
export function parseByteRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return WHOLE;

  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? UNSATISFIABLE : { kind: 'part', first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return WHOLE;
  return first >= size ? UNSATISFIABLE : { kind: 'part', first, last };
}
