import { base64url, fromHex, json } from './clear-key.js';

const COMMON_SYSTEM = '1077efecc0b24d02ace33c1e52e2fb4b';

/** A key system of which no browser here has a CDM. */
const FOREIGN_SYSTEM = '9a04f07998404286ab92e65be0885f95';

/** Initialization data of type `keyids`. */
export function keyIdsData(keyIds: readonly string[]): Uint8Array<ArrayBuffer> {
  return json({ kids: keyIds.map((keyId) => base64url(fromHex(keyId))) });
}

/** Initialization data of type `cenc`: a `pssh` box of version 1 of the common system. */
export function commonBox(keyIds: readonly string[]): Uint8Array<ArrayBuffer> {
  return psshBox(COMMON_SYSTEM, { keyIds });
}

/** A `pssh` box that Clear Key has no use for. */
export function foreignBox(): Uint8Array<ArrayBuffer> {
  return psshBox(FOREIGN_SYSTEM, { data: fromHex('0102030405060708') });
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

interface PsshContent {
  readonly keyIds?: readonly string[];
  readonly data?: Uint8Array;
}

/** https://www.w3.org/TR/eme-initdata-cenc/: with key ids in version 1, without in version 0. */
function psshBox(
  systemId: string,
  { keyIds, data = new Uint8Array() }: PsshContent,
): Uint8Array<ArrayBuffer> {
  const ids = keyIds ? [uint32(keyIds.length), ...keyIds.map(fromHex)] : [];
  const content = concat(
    new TextEncoder().encode('pssh'),
    fromHex(keyIds ? '01000000' : '00000000'),
    fromHex(systemId),
    ...ids,
    uint32(data.length),
    data,
  );
  return concat(uint32(content.length + 4), content);
}
