import type { KeyId } from '../key-id/key-id.js';
import { readPlayReadyObject } from '../playready/playready-object.js';
import { readWidevinePsshData } from '../widevine/widevine-pssh-data.js';
import type { PsshBox } from './pssh-box.js';
import { SYSTEM_IDS } from './system-ids.js';

/**
 * The key ids a box stands for, each once: those it lists, or else those in the data of a Widevine or
 * PlayReady box. Empty for a system whose data this package does not read. Throws a `ProtocolError` when
 * the data is broken.
 */
export function keyIdsOfPssh(box: PsshBox): KeyId[] {
  const keyIds = box.keyIds.length > 0 ? box.keyIds : keyIdsOfData(box);
  return [...new Set(keyIds)];
}

function keyIdsOfData({ systemId, data }: PsshBox): readonly KeyId[] {
  switch (systemId) {
    case SYSTEM_IDS.widevine:
      return readWidevinePsshData(data).keyIds;
    case SYSTEM_IDS.playready:
      return readPlayReadyObject(data).header?.keys.map((key) => key.keyId) ?? [];
    default:
      return [];
  }
}
