import { parseKeyId, type KeyId } from '@secure-player/protocol';

import { isPersistentSessionType } from '../access/is-persistent-session-type.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';
import type { VirtualSystem } from './virtual-system.js';

/** What a member has to be, in the words of the message, and whether a value is that. */
type Rule = readonly [must: string, isFit: (value: unknown) => boolean];

const FEATURE = oneOf('not-supported', 'supported', 'required');
const NAMES = listOf(['must be a name without spaces', isName]);

const RULES: Readonly<Record<keyof VirtualSystem, Rule>> = {
  keySystem: ['must be a name such as com.example.drm', isName],
  aliases: NAMES,
  dialect: oneOf('clearkey', 'widevine', 'playready', 'fairplay'),
  videoRobustness: NAMES,
  audioRobustness: NAMES,
  securityLevel: oneOf('software', 'hardware'),
  initDataTypes: listOf(oneOf('cenc', 'keyids', 'webm', 'sinf', 'skd'), 1),
  encryptionSchemes: listOf(oneOf('cenc', 'cbcs', 'cbcs-1-9'), 1),
  sessionTypes: listOf(oneOf('temporary', 'persistent-license', 'persistent-usage-record'), 1),
  distinctiveIdentifier: FEATURE,
  persistentState: FEATURE,
  serverCertificate: oneOf('unsupported', 'optional', 'on-request', 'required'),
  provisioning: oneOf('factory', 'online'),
  rotation: oneOf('spec', 'parent', 'merged', 'empty-message'),
  rootKeys: ['must be an object of keys by key id', (value) => typeof value === 'object' && value !== null],
  bareMessages: ['must be true or false', (value) => typeof value === 'boolean'],
};

const KEY = /^[0-9a-f]{32}$/i;

/**
 * A description of a key system as one can rely on it: frozen through and through, key ids and keys in lower case. For
 * descriptions that did not come from the compiler, such as those that a test runner sends into a page.
 *
 * @throws VirtualCdmError `invalid-options`, which names the member and never a key.
 */
export function checkSystem(system: VirtualSystem): VirtualSystem {
  for (const [member, [must, isFit]] of Object.entries(RULES)) {
    if (!isFit(Reflect.get(system, member))) throw invalid(`\`${member}\` ${must}.`);
  }
  const stranger = Object.keys(system).find((member) => !Object.hasOwn(RULES, member));
  if (stranger !== undefined) throw invalid(`A key system has no option \`${stranger}\`.`);

  if (system.persistentState === 'not-supported' && system.sessionTypes.some(isPersistentSessionType)) {
    throw invalid('`sessionTypes` must be temporary where `persistentState` is not-supported.');
  }

  return Object.freeze({
    ...system,
    aliases: Object.freeze(system.aliases.filter((alias) => alias !== system.keySystem)),
    videoRobustness: Object.freeze([...system.videoRobustness]),
    audioRobustness: Object.freeze([...system.audioRobustness]),
    initDataTypes: Object.freeze([...system.initDataTypes]),
    encryptionSchemes: Object.freeze([...system.encryptionSchemes]),
    sessionTypes: Object.freeze([...system.sessionTypes]),
    rootKeys: readRootKeys(system.rootKeys),
  });
}

function readRootKeys(rootKeys: Readonly<Record<string, unknown>>): Readonly<Record<KeyId, string>> {
  const entries = Object.entries(rootKeys).map(([keyId, key]) => {
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw invalid('Each key in `rootKeys` must be 32 hexadecimal digits.');
    }
    return [readKeyId(keyId), key.toLowerCase()] as const;
  });

  return Object.freeze(Object.fromEntries(entries));
}

function readKeyId(text: string): KeyId {
  try {
    return parseKeyId(text);
  } catch (cause) {
    // The text is not quoted: it may be a key that was put in the place of its id.
    throw new VirtualCdmError('invalid-options', 'Each key id in `rootKeys` must be 32 hexadecimal digits.', {
      cause,
    });
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[^\s]+$/.test(value);
}

function oneOf(...values: readonly string[]): Rule {
  return [`must be one of ${values.join(', ')}`, (value) => values.some((candidate) => candidate === value)];
}

function listOf([must, isFit]: Rule, minimum = 0): Rule {
  const isList = (value: unknown) =>
    Array.isArray(value) && value.length >= minimum && value.every((item) => isFit(item));

  return [`must be a list, ${minimum > 0 ? 'not empty, ' : ''}of which each item ${must}`, isList];
}

function invalid(message: string): VirtualCdmError {
  return new VirtualCdmError('invalid-options', message);
}
