import { fromBase64 } from '../bytes/base64.js';
import { keyIdFromGuidBytes, keyIdToGuid, type KeyId } from '../key-id/key-id.js';
import { ProtocolError, withOffsets } from '../protocol-error.js';
import {
  HEADER_VERSIONS,
  type PlayReadyAlgorithm,
  type PlayReadyHeader,
  type PlayReadyHeaderVersion,
  type PlayReadyKey,
} from './playready-header.js';
import { readXmlElement, type XmlElement } from './xml-element.js';

/**
 * Reads the XML of a PlayReady header. Elements may come in any order, and unknown ones are passed over,
 * as the specification asks of clients; an unknown version is `unsupported`, as it also asks. Beyond that
 * the reader takes what clients take: the stricter rules are for {@link writePlayReadyHeader}.
 */
export function readPlayReadyHeader(xml: string): PlayReadyHeader {
  const root = readXmlElement(xml, 'WRMHEADER');
  if (root.name !== 'WRMHEADER') {
    throw new ProtocolError('malformed', 'WRMHEADER', 'is not the root element', root.offset);
  }
  const version = root.attributes.get('version');
  if (!isHeaderVersion(version)) {
    throw new ProtocolError('unsupported', 'WRMHEADER.version', 'is not one of 4.0 to 4.3', root.offset);
  }
  const data = findChild(root, 'DATA');
  const protectInfo = findChild(data, 'PROTECTINFO');
  const domainService = findChild(data, 'DS_ID');
  return {
    version,
    keys: readKeys(version, data, protectInfo),
    licenseUrl: findChild(data, 'LA_URL')?.text,
    licensePageUrl: findChild(data, 'LUI_URL')?.text,
    domainServiceId: domainService && keyIdToGuid(readGuid(domainService.text, domainService, 'DS_ID')),
    customAttributes: findChild(data, 'CUSTOMATTRIBUTES')?.innerXml,
    onDemand: readFlag(findChild(data, 'DECRYPTORSETUP')?.text, 'ONDEMAND'),
    licenseRequested: readLicenseRequested(protectInfo),
  };
}

function readKeys(
  version: PlayReadyHeaderVersion,
  data: XmlElement | undefined,
  protectInfo: XmlElement | undefined,
): PlayReadyKey[] {
  switch (HEADER_VERSIONS[version].keyPath) {
    case null:
      return [readKeyOfVersion40(data, protectInfo)];
    case 'KID': {
      const kid = findChild(protectInfo, 'KID');
      return kid === undefined ? [] : [readKey(kid)];
    }
    case 'KIDS':
      return findChildren(findChild(protectInfo, 'KIDS'), 'KID').map(readKey);
  }
}

/** Version 4.0 spreads its one key over elements of their own. */
function readKeyOfVersion40(data: XmlElement | undefined, protectInfo: XmlElement | undefined): PlayReadyKey {
  const kid = findChild(data, 'KID');
  if (kid === undefined) {
    throw new ProtocolError('malformed', 'KID', 'is missing', data?.offset);
  }
  const algorithm = findChild(protectInfo, 'ALGID');
  const checksum = findChild(data, 'CHECKSUM');
  return {
    keyId: readGuid(kid.text, kid, 'KID'),
    algorithm: readAlgorithm(algorithm?.text, kid),
    checksum: readChecksum(checksum?.text, kid),
  };
}

function readKey(kid: XmlElement): PlayReadyKey {
  const value = kid.attributes.get('VALUE');
  if (value === undefined) {
    throw new ProtocolError('malformed', 'KID.VALUE', 'is missing', kid.offset);
  }
  return {
    keyId: readGuid(value, kid, 'KID.VALUE'),
    algorithm: readAlgorithm(kid.attributes.get('ALGID'), kid),
    checksum: readChecksum(kid.attributes.get('CHECKSUM'), kid),
  };
}

function readGuid(base64: string, element: XmlElement, field: string): KeyId {
  return withOffsets(
    () => keyIdFromGuidBytes(fromBase64(base64.trim(), field), field),
    () => element.offset,
  );
}

function readAlgorithm(text: string | undefined, element: XmlElement): PlayReadyAlgorithm | undefined {
  if (text === undefined || text === 'AESCTR' || text === 'AESCBC' || text === 'COCKTAIL') return text;

  throw new ProtocolError('unsupported', 'ALGID', 'must be AESCTR, AESCBC or COCKTAIL', element.offset);
}

function readChecksum(base64: string | undefined, element: XmlElement): Uint8Array<ArrayBuffer> | undefined {
  if (base64 === undefined) return undefined;
  return withOffsets(
    () => fromBase64(base64.trim(), 'CHECKSUM'),
    () => element.offset,
  );
}

function readLicenseRequested(protectInfo: XmlElement | undefined): boolean | undefined {
  const text = protectInfo?.attributes.get('LICENSEREQUESTED');
  return text === 'false' ? false : readFlag(text, 'true');
}

/** Any other value than the one the specification gives counts as absent. */
function readFlag(text: string | undefined, set: string): true | undefined {
  return text === set ? true : undefined;
}

function isHeaderVersion(version: string | undefined): version is PlayReadyHeaderVersion {
  return version !== undefined && Object.hasOwn(HEADER_VERSIONS, version);
}

function findChildren(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

function findChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  const [child, second] = findChildren(parent, name);
  if (second !== undefined) {
    throw new ProtocolError('malformed', name, 'occurs twice', second.offset);
  }
  return child;
}
