import {
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  writeKeyIdsInitData,
  writePsshBox,
  writeWidevinePsshData,
} from '@secure-player/protocol';

/** Init data as EME has it. */
export interface InitData {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Init data that asks for these key ids and no others; as it is where its form does not allow that.
 *
 * Clear Key reads the first common PSSH and no other, so its own is always rewritten. Widevine's is where all that it asks
 * for is keys by their ids. PlayReady's and FairPlay's stay: what is in them is the license server's.
 */
export function narrowInitData(initData: InitData, keySystem: string, keyIds: readonly string[]): InitData {
  if (keyIds.length === 0) return initData;

  try {
    return { type: initData.type, bytes: narrow(initData, keySystem, keyIds) ?? initData.bytes };
  } catch {
    return initData;
  }
}

function narrow({ type, bytes }: InitData, keySystem: string, keyIds: readonly string[]): Uint8Array | null {
  if (type === 'keyids') return writeKeyIdsInitData(keyIds);
  if (type !== 'cenc') return null;
  if (keySystem === 'org.w3.clearkey') return writePsshBox({ systemId: SYSTEM_IDS.common, keyIds });
  if (!keySystem.startsWith('com.widevine.')) return null;

  const box = readPsshBoxes(bytes).find(({ systemId }) => systemId === SYSTEM_IDS.widevine);
  const data = box && readWidevinePsshData(box.data);
  // Keys that rotate are asked for period by period, and the period is part of what is asked.
  if (!data || data.cryptoPeriodIndex !== undefined || data.groupedLicense) return null;
  if (keyIds.length === data.keyIds.length) return null;

  return writePsshBox({ systemId: SYSTEM_IDS.widevine, data: writeWidevinePsshData({ ...data, keyIds }) });
}
