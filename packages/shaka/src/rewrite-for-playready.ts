import {
  keyIdsOfPssh,
  readPlayReadyObject,
  SYSTEM_IDS,
  writePlayReadyObject,
  writePsshBox,
  type KeyId,
  type PsshBox,
} from '@secure-player/protocol';

/**
 * PlayReady's init data with all the listed key ids; null where it is to stay as it is. Its headers take much code to read and
 * write, so this is loaded for PlayReady alone.
 */
export function rewriteForPlayReady(boxes: readonly PsshBox[], listed: readonly KeyId[]): Uint8Array | null {
  const own = boxes.filter(({ systemId }) => systemId === SYSTEM_IDS.playready);
  const [box] = own;
  const keyIds = own.flatMap((each) => keyIdsOfPssh(each));
  if (!box || keyIds.length === 0 || !keyIds.every((keyId) => listed.includes(keyId))) return null;

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
