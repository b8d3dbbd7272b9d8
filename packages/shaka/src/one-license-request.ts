import type { KeySystemConfiguration, ResolvedSource } from '@secure-player/core';
import {
  parseKeyId,
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  writePsshBox,
  writeWidevinePsshData,
  type KeyId,
  type PsshBox,
} from '@secure-player/protocol';

import { isPlayReady } from './playready-names.js';
import type { InitDataTransform } from './shaka-namespace.js';

type ChosenKeySystem = ResolvedSource['keySystems'][number];

/** What init data becomes; null where it is to stay as it is. */
type Rewrite = (boxes: readonly PsshBox[]) => Uint8Array | null;

/**
 * Makes one piece of init data of all that a title has, so that it takes one license request: Shaka drops init data that
 * it has seen.
 *
 * - Clear Key reads the common PSSH only, so its init data is always rewritten as one, with the key ids in order.
 * - Widevine's and PlayReady's are rewritten where the source lists key ids. Without, a license server may depend on what
 *   the packager wrote, and every byte stays.
 * - FairPlay's are for one key each, and stay. Of a URI, `getContentId` may make another.
 *
 * Undefined where nothing would ever be rewritten; rejects where code for it cannot be loaded. Init data that is for a key which the source does not list stays, and
 * so does what cannot be read: that is the content decryption module's to judge.
 */
export async function loadInitDataTransform(
  { name, configuration }: ChosenKeySystem,
  { source }: ResolvedSource,
): Promise<InitDataTransform | undefined> {
  const listed = (source.keyIds ?? []).map((keyId) => parseKeyId(keyId)).sort();

  if (name === 'org.w3.clearkey') return ofPssh((boxes) => rewriteForClearKey(boxes, listed));
  if (name.startsWith('com.apple.fps')) return ofSkd(configuration.getContentId);
  if (listed.length === 0) return undefined;
  if (name.startsWith('com.widevine.')) return ofPssh((boxes) => rewriteForWidevine(boxes, listed));
  if (!isPlayReady(name)) return undefined;

  const { rewriteForPlayReady } = await import('./rewrite-for-playready.js');
  return ofPssh((boxes) => rewriteForPlayReady(boxes, listed));
}

function ofPssh(rewrite: Rewrite): InitDataTransform {
  return (initData, initDataType, _drmInfo) => {
    if (initDataType !== 'cenc') return initData;

    try {
      return rewrite(readPsshBoxes(initData)) ?? initData;
    } catch {
      return initData;
    }
  };
}

/** Only a URI names content; `sinf` boxes hold a key id, which the module reads by itself. */
function ofSkd(getContentId: KeySystemConfiguration['getContentId']): InitDataTransform | undefined {
  if (!getContentId) return undefined;

  return (initData, initDataType, _drmInfo) =>
    initDataType === 'skd' ? new TextEncoder().encode(`skd://${getContentId(initData)}`) : initData;
}

function rewriteForClearKey(boxes: readonly PsshBox[], listed: readonly KeyId[]): Uint8Array | null {
  const own = keyIdsOf(boxes);
  if (own.length === 0) return null;

  const keyIds = areAmong(own, listed) ? listed : own.sort();
  return writePsshBox({ systemId: SYSTEM_IDS.common, keyIds });
}

function rewriteForWidevine(boxes: readonly PsshBox[], listed: readonly KeyId[]): Uint8Array | null {
  const own = boxes.filter(({ systemId }) => systemId === SYSTEM_IDS.widevine);
  const [box] = own;
  if (!box || !areAmong(keyIdsOf(own), listed)) return null;

  const data = readWidevinePsshData(box.data);
  // Keys that rotate are asked for period by period, and the period is part of what is asked.
  if (data.cryptoPeriodIndex !== undefined || data.groupedLicense) return null;

  // The track is left out: it would make two of what differs in nothing else.
  return writePsshBox({
    systemId: SYSTEM_IDS.widevine,
    data: writeWidevinePsshData({ ...data, trackType: undefined, keyIds: listed }),
  });
}

/** Those that boxes list themselves, or that Widevine's data does. */
function keyIdsOf(boxes: readonly PsshBox[]): KeyId[] {
  return [...new Set(boxes.flatMap(keyIdsOfBox))];
}

function keyIdsOfBox({ systemId, keyIds, data }: PsshBox): readonly KeyId[] {
  const areInData = keyIds.length === 0 && systemId === SYSTEM_IDS.widevine;
  return areInData ? readWidevinePsshData(data).keyIds : keyIds;
}

function areAmong(keyIds: readonly KeyId[], listed: readonly KeyId[]): boolean {
  return keyIds.length > 0 && keyIds.every((keyId) => listed.includes(keyId));
}
