import {
  fromBase64,
  isProtocolError,
  keyIdsOfPssh,
  parseKeyId,
  readEmbeddedKeys,
  readKeyIdsInitData,
  readProtectionScheme,
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  toHex,
  type EmbeddedKeys,
  type KeyId,
  type PsshBox,
} from '@secure-player/protocol';

import type { DialectName } from '../system/virtual-system.js';

/** What init data asks for. */
export interface InitDataContent {
  readonly keyIds: readonly KeyId[];
  readonly contentId?: string | undefined;
  /** Keys that the init data itself carries, wrapped under a root key. */
  readonly embedded: EmbeddedKeys | null;
}

/** EME asks that init data be held to reasonable limits; no real one comes near. */
const MAX_INIT_DATA_BYTES = 64 * 1024;
const MAX_KEY_ID_BYTES = 512;
const KEY_ID_DIGITS = 32;

/** Whose `pssh` box a key system reads, first to last. All read the common one, which lists key ids and nothing else. */
const SYSTEM_ID_BY_DIALECT: Readonly<Record<DialectName, readonly string[]>> = {
  clearkey: [SYSTEM_IDS.common],
  widevine: [SYSTEM_IDS.widevine, SYSTEM_IDS.common],
  playready: [SYSTEM_IDS.playready, SYSTEM_IDS.common],
  fairplay: [SYSTEM_IDS.fairplay, SYSTEM_IDS.common],
};

/**
 * Reads init data of a registered type.
 *
 * Null where it is well formed and holds nothing for this key system, which `generateRequest()` answers with
 * NotSupportedError. Throws a TypeError where it is not valid for its type.
 */
export function readInitData(
  dialect: DialectName,
  initDataType: string,
  initData: Uint8Array,
): InitDataContent | null {
  if (initData.length > MAX_INIT_DATA_BYTES) {
    throw new TypeError(`The init data is over ${MAX_INIT_DATA_BYTES} bytes.`);
  }

  try {
    const content = readByType(dialect, initDataType, initData);
    // Key ids of other lengths are valid, but sealed messages have no place for them.
    const isSealable = content?.keyIds.every((keyId) => keyId.length === KEY_ID_DIGITS);
    return dialect === 'clearkey' || isSealable ? content : null;
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    throw new TypeError(`The init data is not valid for its type: ${error.message}.`, { cause: error });
  }
}

function readByType(
  dialect: DialectName,
  initDataType: string,
  initData: Uint8Array,
): InitDataContent | null {
  switch (initDataType) {
    case 'cenc':
      return readCenc(dialect, readPsshBoxes(initData));
    case 'keyids':
      return { keyIds: readKeyIdsInitData(initData, { anyKeyIdLength: true }), embedded: null };
    case 'webm':
      return readWebm(initData);
    case 'sinf':
      return readSinf(initData);
    case 'skd':
      return readSkd(initData);
    default:
      return null;
  }
}

/** One key id, of one or more bytes (https://www.w3.org/TR/eme-initdata-webm/). */
function readWebm(initData: Uint8Array): InitDataContent {
  if (initData.length > MAX_KEY_ID_BYTES) {
    throw new TypeError(`The key id is over ${MAX_KEY_ID_BYTES} bytes.`);
  }
  return { keyIds: [toHex(initData)], embedded: null };
}

function readCenc(dialect: DialectName, boxes: readonly PsshBox[]): InitDataContent | null {
  for (const box of boxes) {
    const embedded = readEmbeddedKeys(box);
    if (embedded) return { keyIds: embedded.keyIds, embedded };
  }

  for (const systemId of SYSTEM_ID_BY_DIALECT[dialect]) {
    const own = boxes.filter((box) => box.systemId === systemId);
    const keyIds = [...new Set(own.flatMap((box) => keyIdsOfPssh(box)))];
    const contentId = own.map(contentIdOf).find((id) => id);
    // Without key ids it is the server that knows what the content id stands for.
    if (keyIds.length > 0 || contentId) return { keyIds, contentId, embedded: null };
  }
  return null;
}

function contentIdOf(box: PsshBox): string | undefined {
  if (box.systemId !== SYSTEM_IDS.widevine) return undefined;

  const { contentId } = readWidevinePsshData(box.data);
  return contentId && new TextDecoder().decode(contentId);
}

/** WebKit's form: `{"sinf":["<base64 of a sinf box>"]}`. */
function readSinf(initData: Uint8Array): InitDataContent | null {
  const list = parseJson(initData)?.['sinf'];
  if (!Array.isArray(list) || list.length === 0) throw new TypeError('The init data lists no `sinf` box.');

  const schemes = list.map((entry: unknown) => {
    if (typeof entry !== 'string') throw new TypeError('A `sinf` entry of the init data is not base64.');
    return readProtectionScheme(fromBase64(entry, 'sinf'));
  });
  const keyIds = schemes.flatMap((scheme) => scheme?.defaultKeyId ?? []);
  return keyIds.length === 0 ? null : { keyIds: [...new Set(keyIds)], embedded: null };
}

/** The URI of a playlist's key line: `skd://<key id>`, `skd://<host>/<asset id>` and the like. */
function readSkd(initData: Uint8Array): InitDataContent {
  const uri = decodeSkd(initData);
  const contentId = /^skd:\/\/(.+)$/i.exec(uri)?.[1] ?? uri;
  // The last part of the path, without the initialization vector behind a colon, may be a key id; else the server knows
  // what the content id stands for.
  const name = contentId.split(':')[0]?.split('/').at(-1) ?? '';

  return { keyIds: isKeyIdText(name) ? [parseKeyId(name)] : [], contentId, embedded: null };
}

function isKeyIdText(text: string): boolean {
  try {
    parseKeyId(text);
    return true;
  } catch {
    return false;
  }
}

/** Older players hand the URI over in UTF-16, as WebKit once did. */
function decodeSkd(initData: Uint8Array): string {
  const isUtf16 = initData.length >= 2 && initData.length % 2 === 0 && initData[1] === 0;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(initData);
}

function parseJson(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    throw new TypeError('The init data is not JSON in UTF-8.');
  }
}
