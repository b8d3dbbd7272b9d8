import {
  fromBase64,
  keyIdsOfPssh,
  parseKeyId,
  readKeyIdsInitData,
  readProtectionScheme,
  readPsshBoxes,
  type KeyId,
} from '@secure-player/protocol';

/**
 * The key ids that init data asks for, each once. Informative: what cannot be read, or names its content by other means,
 * gives none.
 */
export function keyIdsOfInitData(initDataType: string | null | undefined, initData: Uint8Array): KeyId[] {
  try {
    return [...new Set(readByType(initDataType, initData))];
  } catch {
    return [];
  }
}

function readByType(initDataType: string | null | undefined, initData: Uint8Array): KeyId[] {
  switch (initDataType) {
    case 'cenc':
      return readPsshBoxes(initData).flatMap((box) => keyIdsOfPssh(box));
    case 'keyids':
      return [...readKeyIdsInitData(initData)];
    case 'sinf':
      return readSinf(initData);
    case 'skd':
      return [readSkd(initData)];
    default:
      return [];
  }
}

/** WebKit's form: `{"sinf":["<base64 of a sinf box>", …]}`. */
function readSinf(initData: Uint8Array): KeyId[] {
  const { sinf } = JSON.parse(new TextDecoder().decode(initData)) as { sinf: string[] };

  return sinf.flatMap((box) => readProtectionScheme(fromBase64(box))?.defaultKeyId ?? []);
}

/** A playlist's `skd://<key id>`, perhaps with an initialization vector behind a colon. */
function readSkd(initData: Uint8Array): KeyId {
  const uri = new TextDecoder().decode(initData);

  return parseKeyId(uri.replace(/^skd:\/\//i, '').split(':')[0] ?? '');
}
