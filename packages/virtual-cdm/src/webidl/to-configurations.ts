import { REQUIREMENTS, type Capability, type Configuration } from '../access/configuration.js';
import { toDOMString } from './to-dom-string.js';
import { toEnum } from './to-enum.js';

/**
 * WebIDL's conversion to `sequence<MediaKeySystemConfiguration>`: any iterable of dictionaries, whose defaults are filled
 * in and whose unknown members are ignored. Nothing of the page's objects is kept.
 *
 * @throws TypeError for anything else, and whatever the page's own getters throw.
 */
export function toConfigurations(value: unknown): Configuration[] {
  return toSequence(value, toConfiguration);
}

/** WebIDL's conversion to `MediaKeySystemConfiguration`. */
function toConfiguration(value: unknown): Configuration {
  const read = dictionaryReader(value, 'MediaKeySystemConfiguration');

  // In the order in which WebIDL reads the members, which getters can see.
  const audioCapabilities = read('audioCapabilities', toCapabilities, []);
  const distinctiveIdentifier = read('distinctiveIdentifier', toRequirement, 'optional');
  const initDataTypes = read('initDataTypes', toStrings, []);
  const label = read('label', toDOMString, '');
  const persistentState = read('persistentState', toRequirement, 'optional');
  const sessionTypes = read('sessionTypes', toStrings, undefined);
  const videoCapabilities = read('videoCapabilities', toCapabilities, []);

  return {
    label,
    initDataTypes,
    audioCapabilities,
    videoCapabilities,
    distinctiveIdentifier,
    persistentState,
    ...(sessionTypes !== undefined && { sessionTypes }),
  };
}

function toCapability(value: unknown): Capability {
  const read = dictionaryReader(value, 'MediaKeySystemMediaCapability');

  return {
    contentType: read('contentType', toDOMString, ''),
    encryptionScheme: read('encryptionScheme', toNullableString, null),
    robustness: read('robustness', toDOMString, ''),
  };
}

const toCapabilities = (value: unknown) => toSequence(value, toCapability);
const toStrings = (value: unknown) => toSequence(value, toDOMString);
const toRequirement = (value: unknown) => toEnum(value, REQUIREMENTS, 'MediaKeysRequirement');
const toNullableString = (value: unknown) => (value === null ? null : toDOMString(value));

/** What reads a dictionary member by member: converted where it is there, else the default. */
function dictionaryReader(dictionary: unknown, what: string) {
  const isAbsent = dictionary === undefined || dictionary === null;
  if (!isAbsent && !isObject(dictionary)) throw new TypeError(`The value is not a ${what}`);

  return <Value, Default>(
    member: string,
    convert: (value: unknown) => Value,
    fallback: Default,
  ): Value | Default => {
    const value: unknown = isAbsent ? undefined : Reflect.get(dictionary, member);
    return value === undefined ? fallback : convert(value);
  };
}

function toSequence<Item>(value: unknown, convert: (item: unknown) => Item): Item[] {
  // A string iterates too, and is no sequence.
  if (!isObject(value) || typeof Reflect.get(value, Symbol.iterator) !== 'function') {
    throw new TypeError('The value is not a sequence');
  }
  return Array.from(value as Iterable<unknown>, (item) => convert(item));
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
