import { toBase64 } from '../bytes/base64.js';
import { keyIdToGuidBytes, parseKeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import {
  HEADER_NAMESPACE,
  HEADER_VERSIONS,
  type PlayReadyHeader,
  type PlayReadyKey,
  type PlayReadyVersionRules,
} from './playready-header.js';
import { escapeXmlText, readXmlElement } from './xml-element.js';

/**
 * Writes the XML of a PlayReady header in the form the specification demands of packagers (section 3.2):
 * canonical, closing tags explicit, attributes in alphabetical order. What the version does not allow is
 * an error, because the clients of that version would fail or ignore it.
 */
export function writePlayReadyHeader(header: PlayReadyHeader): string {
  checkHeader(header);
  const { version, customAttributes, domainServiceId } = header;
  const data = [
    version === '4.0.0.0' ? keyOfVersion40(header) : protectInfo(header),
    optionalElement('LA_URL', header.licenseUrl),
    optionalElement('LUI_URL', header.licensePageUrl),
    domainServiceId === undefined ? '' : element('DS_ID', guidToBase64(domainServiceId, 'DS_ID')),
    customAttributes === undefined ? '' : element('CUSTOMATTRIBUTES', customAttributes),
    header.onDemand === true ? element('DECRYPTORSETUP', 'ONDEMAND') : '',
  ].join('');
  return `<WRMHEADER xmlns="${HEADER_NAMESPACE}" version="${version}">${element('DATA', data)}</WRMHEADER>`;
}

/** Version 4.0 spreads its one key over elements of their own; `checkHeader` made sure that there is one. */
function keyOfVersion40({ keys }: PlayReadyHeader): string {
  return keys
    .map(({ keyId, algorithm = '', checksum }) => {
      const keyLength = algorithm === 'COCKTAIL' ? '7' : '16';
      const info = element('PROTECTINFO', element('KEYLEN', keyLength) + element('ALGID', algorithm));
      const kid = element('KID', guidToBase64(keyId, 'KID'));
      return info + kid + optionalElement('CHECKSUM', checksum && toBase64(checksum));
    })
    .join('');
}

function protectInfo({ version, keys, licenseRequested }: PlayReadyHeader): string {
  if (keys.length === 0 && licenseRequested === undefined) return '';

  const kids = keys.map(kidElement).join('');
  const content = HEADER_VERSIONS[version].keyPath === 'KIDS' && kids !== '' ? element('KIDS', kids) : kids;
  const attribute = licenseRequested === undefined ? '' : ` LICENSEREQUESTED="${licenseRequested}"`;
  return `<PROTECTINFO${attribute}>${content}</PROTECTINFO>`;
}

function kidElement({ keyId, algorithm, checksum }: PlayReadyKey): string {
  const algorithmAttribute = algorithm === undefined ? '' : ` ALGID="${algorithm}"`;
  const checksumAttribute = checksum === undefined ? '' : ` CHECKSUM="${toBase64(checksum)}"`;
  return `<KID${algorithmAttribute}${checksumAttribute} VALUE="${guidToBase64(keyId, 'KID')}"></KID>`;
}

function optionalElement(name: string, text: string | undefined): string {
  return text === undefined ? '' : element(name, escapeXmlText(text));
}

function element(name: string, xml: string): string {
  return `<${name}>${xml}</${name}>`;
}

function guidToBase64(guid: string, field: string): string {
  return toBase64(keyIdToGuidBytes(parseKeyId(guid, field), field));
}

function checkHeader(header: PlayReadyHeader): void {
  const { version, keys, onDemand, licenseRequested, customAttributes } = header;
  const { minKeys, maxKeys }: PlayReadyVersionRules = HEADER_VERSIONS[version];
  if (keys.length < minKeys || keys.length > maxKeys) {
    throw invalid('KID', `must occur ${minKeys} to ${maxKeys} times in version ${version}`);
  }
  for (const key of keys) checkKey(key, header);

  if (onDemand === true && version === '4.0.0.0') {
    throw invalid('DECRYPTORSETUP', 'needs version 4.1 or later');
  }
  if (licenseRequested !== undefined && version !== '4.3.0.0') {
    throw invalid('LICENSEREQUESTED', 'needs version 4.3');
  }
  for (const [name, text] of [
    ['LA_URL', header.licenseUrl],
    ['LUI_URL', header.licensePageUrl],
    ['CUSTOMATTRIBUTES', customAttributes],
  ] as const) {
    if (text === '') throw invalid(name, 'must not be empty; leave it out instead');
  }
  // It goes into the header as it is, so it must be whole by itself and not close the element around it.
  if (customAttributes !== undefined) {
    readXmlElement(element('CUSTOMATTRIBUTES', customAttributes), 'CUSTOMATTRIBUTES');
  }
}

/** Bytes of a checksum. There is none for AES-CBC; without an algorithm, the key is taken for AES-CTR. */
const CHECKSUM_LENGTHS = { AESCTR: 8, COCKTAIL: 7, AESCBC: null } as const;

function checkKey({ algorithm, checksum }: PlayReadyKey, { version, keys }: PlayReadyHeader): void {
  const { algorithms }: PlayReadyVersionRules = HEADER_VERSIONS[version];
  if (!algorithms.includes(algorithm)) {
    throw invalid('ALGID', `is not one of those that version ${version} allows`);
  }
  if (algorithm !== keys[0]?.algorithm) {
    throw invalid('ALGID', 'must be the same for every key of a header');
  }
  if (checksum === undefined) return;

  const length = CHECKSUM_LENGTHS[algorithm ?? 'AESCTR'];
  if (length === null) throw invalid('CHECKSUM', 'is not defined for AESCBC; leave it out');
  if (checksum.length !== length) {
    throw invalid('CHECKSUM', `must be ${length} bytes, not ${checksum.length}`);
  }
}

function invalid(field: string, problem: string): ProtocolError {
  return new ProtocolError('invalid-value', field, problem);
}
