import {
  readKeyIdsInitData,
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  type PsshBox,
} from '@secure-player/protocol';

import type { InitData } from './narrow-init-data.js';

/** Tells the key ids that init data asks for, each once; none where they cannot be read. */
export type KeyIdReader = (initData: InitData) => readonly string[];

/**
 * What reads the init data of a key system. PlayReady's headers and FairPlay's boxes take as much code as all the rest, so
 * theirs is loaded when one of the two was chosen.
 */
export async function loadKeyIdReader(keySystem: string): Promise<KeyIdReader> {
  if (!/^com\.(?:microsoft|apple)\./.test(keySystem)) return readPsshKeyIds;

  const { keyIdsOfInitData } = await import('./key-ids-of-init-data.js');
  return ({ type, bytes }) => keyIdsOfInitData(type, bytes);
}

/** For Widevine, Clear Key and all whose boxes list key ids themselves. */
function readPsshKeyIds({ type, bytes }: InitData): readonly string[] {
  try {
    const keyIds = type === 'keyids' ? readKeyIdsInitData(bytes) : [];
    const boxes = type === 'cenc' ? readPsshBoxes(bytes) : [];

    return [...new Set([...keyIds, ...boxes.flatMap(readBox)])];
  } catch {
    return [];
  }
}

function readBox({ systemId, keyIds, data }: PsshBox): readonly string[] {
  return systemId === SYSTEM_IDS.widevine ? [...keyIds, ...readWidevinePsshData(data).keyIds] : keyIds;
}
