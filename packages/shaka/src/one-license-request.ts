import type { KeySystemConfiguration, ResolvedSource } from '@secure-player/core';
import {
  keyIdsOfPssh,
  parseKeyId,
  readPlayReadyObject,
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  writePlayReadyObject,
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
 * Undefined where nothing would ever be rewritten. Init data that is for a key which the source does not list stays, and
 * so does what cannot be read: that is the content decryption module's to judge.
 */
export function createInitDataTransform(
  { name, configuration }: ChosenKeySystem,
  { source }: ResolvedSource,
): InitDataTransform | undefined {
  const listed = (source.keyIds ?? []).map((keyId) => parseKeyId(keyId)).sort();

  if (name === 'org.w3.clearkey') return ofPssh((boxes) => rewriteForClearKey(boxes, listed));
  if (name.startsWith('com.apple.fps')) return ofSkd(configuration.getContentId);
  if (listed.length === 0) return undefined;
  if (name.startsWith('com.widevine.')) return ofPssh((boxes) => rewriteForWidevine(boxes, listed));
  if (isPlayReady(name)) return ofPssh((boxes) => rewriteForPlayReady(boxes, listed));

  return undefined;
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

function rewriteForPlayReady(boxes: readonly PsshBox[], listed: readonly KeyId[]): Uint8Array | null {
  const own = boxes.filter(({ systemId }) => systemId === SYSTEM_IDS.playready);
  const [box] = own;
  if (!box || !areAmong(keyIdsOf(own), listed)) return null;

  const { header } = readPlayReadyObject(box.data);
  // On demand means that keys rotate.
  if (!header || header.onDemand === true) return null;

  const algorithm = header.keys[0]?.algorithm;
  // Before 4.2 a header had one key; AES-CBC came with 4.3. Checksums are of the keys' values, which a page has not.
  const version = algorithm === 'AESCTR' || algorithm === 'COCKTAIL' ? '4.2.0.0' : '4.3.0.0';
  const keys = listed.map((keyId) => ({ keyId, algorithm }));

  return writePsshBox({
    systemId: SYSTEM_IDS.playready,
    data: writePlayReadyObject({ header: { ...header, version, keys } }),
  });
}

function keyIdsOf(boxes: readonly PsshBox[]): KeyId[] {
  return [...new Set(boxes.flatMap((box) => keyIdsOfPssh(box)))];
}

function areAmong(keyIds: readonly KeyId[], listed: readonly KeyId[]): boolean {
  return keyIds.length > 0 && keyIds.every((keyId) => listed.includes(keyId));
}
