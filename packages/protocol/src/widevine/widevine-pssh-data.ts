import { ByteWriter } from '../bytes/byte-writer.js';
import { fromFourCharacters, toFourCharacters } from '../bytes/four-characters.js';
import { keyIdFromBytes, keyIdToBytes, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import { readProtobufFields, writeProtobufField } from '../protobuf/protobuf-fields.js';

/** The data of a Widevine `pssh` box: the protobuf message `WidevinePsshData`, all ten of its fields. */
export interface WidevinePsshData {
  /** 0 for none, 1 for AES-CTR. Deprecated in favor of `protectionScheme`. */
  readonly algorithm?: number | undefined;
  readonly keyIds: readonly KeyId[];
  readonly provider?: string | undefined;
  readonly contentId?: Uint8Array<ArrayBuffer> | undefined;
  /** Deprecated. */
  readonly trackType?: string | undefined;
  readonly policy?: string | undefined;
  /** Which key period, where keys rotate. */
  readonly cryptoPeriodIndex?: number | undefined;
  /** Keys of a group, encrypted for the CDM. */
  readonly groupedLicense?: Uint8Array<ArrayBuffer> | undefined;
  /** Four characters: `cenc`, `cbcs`, `cens` or `cbc1`. */
  readonly protectionScheme?: string | undefined;
  /** The length of a key period. */
  readonly cryptoPeriodSeconds?: number | undefined;
}

/** Field numbers of the message. */
const ALGORITHM = 1;
const KEY_IDS = 2;
const PROVIDER = 3;
const CONTENT_ID = 4;
const TRACK_TYPE = 5;
const POLICY = 6;
const CRYPTO_PERIOD_INDEX = 7;
const GROUPED_LICENSE = 8;
const PROTECTION_SCHEME = 9;
const CRYPTO_PERIOD_SECONDS = 10;

/**
 * Reads the data of a Widevine `pssh` box. Unknown fields, fields of another wire type than the message
 * declares and key ids that are not 16 bytes are passed over, because all three occur in the wild. Data
 * that is cut short throws.
 */
export function readWidevinePsshData(bytes: Uint8Array): WidevinePsshData {
  // Of a field that occurs twice the last one counts, as in any protobuf reader.
  const numbers = new Map<number, number>();
  const runs = new Map<number, Uint8Array<ArrayBuffer>>();
  const keyIds: KeyId[] = [];
  for (const { number, value } of readProtobufFields(bytes, 'widevine')) {
    if (typeof value === 'number') numbers.set(number, value);
    else if (number !== KEY_IDS) runs.set(number, value);
    else if (value.length === 16) keyIds.push(keyIdFromBytes(value));
  }
  const scheme = numbers.get(PROTECTION_SCHEME);
  return {
    algorithm: numbers.get(ALGORITHM),
    keyIds,
    provider: toText(runs.get(PROVIDER)),
    contentId: runs.get(CONTENT_ID),
    trackType: toText(runs.get(TRACK_TYPE)),
    policy: toText(runs.get(POLICY)),
    cryptoPeriodIndex: numbers.get(CRYPTO_PERIOD_INDEX),
    groupedLicense: runs.get(GROUPED_LICENSE),
    protectionScheme: scheme === undefined ? undefined : toFourCharacters(scheme),
    cryptoPeriodSeconds: numbers.get(CRYPTO_PERIOD_SECONDS),
  };
}

/** Writes the data of a Widevine `pssh` box, fields in the order of their numbers. */
export function writeWidevinePsshData(data: WidevinePsshData): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const writeNumber = (number: number, name: string, value: number | undefined): void => {
    if (value === undefined) return;
    writeProtobufField(writer, { number, value: checkUint32(value, `widevine.${name}`) });
  };
  const writeRun = (number: number, value: Uint8Array | string | undefined): void => {
    if (value === undefined) return;
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : Uint8Array.from(value);
    writeProtobufField(writer, { number, value: bytes });
  };

  const scheme =
    data.protectionScheme === undefined
      ? undefined
      : fromFourCharacters(data.protectionScheme, 'widevine.protectionScheme');

  writeNumber(ALGORITHM, 'algorithm', data.algorithm);
  data.keyIds.forEach((keyId, index) => {
    writeRun(KEY_IDS, keyIdToBytes(keyId, `widevine.keyIds[${index}]`));
  });
  writeRun(PROVIDER, data.provider);
  writeRun(CONTENT_ID, data.contentId);
  writeRun(TRACK_TYPE, data.trackType);
  writeRun(POLICY, data.policy);
  writeNumber(CRYPTO_PERIOD_INDEX, 'cryptoPeriodIndex', data.cryptoPeriodIndex);
  writeRun(GROUPED_LICENSE, data.groupedLicense);
  writeNumber(PROTECTION_SCHEME, 'protectionScheme', scheme);
  writeNumber(CRYPTO_PERIOD_SECONDS, 'cryptoPeriodSeconds', data.cryptoPeriodSeconds);
  return writer.toBytes();
}

/** The byte order mark is kept, and broken UTF-8 replaced, as protobuf does with a proto2 `string`. */
function toText(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function checkUint32(value: number, field: string): number {
  if (value >>> 0 !== value) {
    throw new ProtocolError('invalid-value', field, 'must be an unsigned 32-bit number');
  }
  return value;
}
