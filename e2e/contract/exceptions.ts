import type { Cdm } from './cdms.js';

/** One way in which a browser breaks the contract. The virtual CDM has none. */
export interface Deviation {
  readonly cdm: Exclude<Cdm, 'virtual-clearkey'>;
  /** The clause of EME, or the browser's bug. */
  readonly breaks: string;
  /** What the browser does instead. */
  readonly instead: string;
  /** The contracts that show it, and how they fail: another failure, or none, is news. */
  readonly shownBy: Readonly<Record<string, RegExp>>;
  /** It depends on the timing whether it shows: the contracts may pass, but not fail otherwise. @default false */
  readonly sometimes?: boolean;
}

const RESOLVED = /expected a rejection with \w+, but it resolved/;

/** Contracts that all fail in the same way. */
function each(failure: RegExp, names: readonly string[]): Record<string, RegExp> {
  return Object.fromEntries(names.map((name) => [name, failure]));
}

const CHROMIUM: readonly Deviation[] = [
  {
    cdm: 'chromium-clearkey',
    breaks: 'getStatusForPolicy(), step 1',
    instead: 'A policy without requirements is `usable`.',
    shownBy: { 'a policy without requirements is refused': RESOLVED },
  },
  {
    cdm: 'chromium-clearkey',
    breaks: 'Clear Key: Behavior, session id',
    instead: 'Session ids are 16 hexadecimal digits, not numbers of 32 bits.',
    shownBy: { 'the session id is a number of 32 bits': /expected true, got false/ },
  },
  {
    cdm: 'chromium-clearkey',
    breaks: 'update(), "if the set of keys … changed"',
    instead: 'A license that changes nothing is told of by `keystatuseschange` all the same.',
    shownBy: {
      'the same license again tells of nothing': /got \[.*"keystatuseschange", "keystatuseschange"\]/,
    },
  },
  {
    cdm: 'chromium-clearkey',
    breaks: 'update(), license of another session type',
    instead: 'A persistent license is accepted in a temporary session.',
    shownBy: { 'a persistent license is refused in a temporary session': RESOLVED },
  },
  {
    cdm: 'chromium-clearkey',
    breaks: 'keyStatuses, "a read-only map"',
    instead: 'The key ids that the map gives are its own: writing to one changes the map.',
    shownBy: {
      'changing a key id that the map gave changes nothing in the map': /got \["0{32}"\]/,
    },
  },
  {
    cdm: 'chromium-clearkey',
    breaks: 'close(), the order of its last steps',
    instead: '`closed` is fulfilled before the promise of `close()`.',
    shownBy: { 'close() is fulfilled before closed': /got \["closed", "close\(\)"\]/ },
  },
];

const FIREFOX_NEGOTIATION: readonly Deviation[] = [
  {
    cdm: 'firefox-clearkey',
    breaks: 'Permissions Policy Integration',
    instead: 'The policy is not heeded: a frame that may not use encrypted media gets access.',
    shownBy: { 'a document that may not use encrypted media gets no access': RESOLVED },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Get Supported Configuration and Consent, no capabilities',
    instead: 'A configuration without capabilities is supported.',
    shownBy: { 'a configuration without capabilities is not supported': RESOLVED },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Get Supported Configuration and Consent, session types',
    instead: 'A configuration with an empty list of session types is not supported.',
    shownBy: each(/^NotSupportedError: /, [
      'an empty list of session types stays empty',
      'a configuration without session types allows no session',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Get Supported Capabilities, "if media types is empty"',
    instead: '`video/mp4` is supported without `codecs`.',
    shownBy: { 'a container that leaves the codec open is not supported without one': RESOLVED },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'createSession(), step 1',
    instead: 'A session may be temporary though the configuration has persistent licenses alone.',
    shownBy: {
      'a configuration of persistent licenses allows no temporary session': /nothing was thrown/,
    },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'setServerCertificate(), step 1',
    instead: 'A certificate is refused with NotSupportedError, not answered with false.',
    shownBy: { 'Clear Key takes no server certificate': /^NotSupportedError: / },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Clear Key: Capabilities, getStatusForPolicy()',
    instead: 'The status for HDCP 2.2 and above is `output-restricted`.',
    shownBy: { 'Clear Key is usable with every version of HDCP': /HDCP 2\.2: .*got "output-restricted"/ },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'MediaKeyMessageEvent and MediaEncryptedEvent, constructors',
    instead: 'An event copies the buffer that it is made of.',
    shownBy: {
      'a page can make a message event': /the same message: expected true, got false/,
      'a page can make an encrypted event': /got \["cenc", false\]/,
    },
  },
];

const FIREFOX_LICENSES: readonly Deviation[] = [
  {
    cdm: 'firefox-clearkey',
    breaks: 'generateRequest(), invalid or unsupported initialization data',
    instead: 'They are refused with InvalidStateError.',
    shownBy: each(/expected "(TypeError|NotSupportedError)", got "InvalidStateError"/, [
      'boxes of other systems alone are not supported',
      'a request for cenc by a single byte is refused',
      'a request for keyids by {"kids":[1]} is refused',
      'a request for keyids by {"kids":["not base64url!"]} is refused',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Initialization Data Type: keyids',
    instead: 'Key ids in padded base64 are accepted.',
    shownBy: {
      'a request for keyids by {"kids":["EAAAAAAAAAAAAAAAAAAAAQ=="]} is refused': RESOLVED,
    },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'update() and remove(), "if closing or closed is true"',
    instead: 'A session that is closed, or is being closed, refuses with TypeError or InvalidAccessError.',
    shownBy: each(/expected "InvalidStateError", got "(TypeError|InvalidAccessError)"/, [
      'a session that is being closed takes no update',
      'a session that is being closed makes no request and removes nothing',
      'nothing is removed from a closed session',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'update(), license of another session type',
    instead: 'A license that does not say that it is persistent is accepted in a persistent session.',
    shownBy: { 'a temporary license is refused in a persistent session': RESOLVED },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Clear Key: License Format',
    instead:
      'A license is accepted without `kty`, in padded or ordinary base64, with keys of any length, or with text behind it.',
    shownBy: each(RESOLVED, [
      'a license with a key without a type is refused',
      'a license with a padded key id is refused',
      'a license with a padded key is refused',
      'a license with a key in base64 of the other alphabet is refused',
      'a license with a key of 15 bytes is refused',
      'a license with a key of 17 bytes is refused',
      'a license with a key of 32 bytes is refused',
      'a license with something behind it is refused',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'close(), the order of its last steps',
    instead: '`closed` is fulfilled before the promise of `close()`.',
    shownBy: { 'close() is fulfilled before closed': /got \["closed", "close\(\)"\]/ },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'close(), "if closing or closed is true"',
    instead: 'A second `close()` while the first one is under way may be refused with TypeError.',
    shownBy: { 'closing again does no harm': /^TypeError: |"closed-by-application", got undefined/ },
    sometimes: true,
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'closed, a promise of a MediaKeySessionClosedReason',
    instead: 'Firefox 140, unlike later ones, tells no reason.',
    shownBy: each(/expected "closed-by-application", got undefined/, [
      'a session is closed by the application',
      'closed is fulfilled also for those who ask late',
    ]),
    sometimes: true,
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'remove() of a temporary session',
    instead: 'It is refused with InvalidAccessError.',
    shownBy: each(/^InvalidAccessError: /, [
      'keys that are removed are released',
      'removing keys tells so',
      'removing temporary keys sends no record',
      'a session without keys has nothing to release',
      'a session without its keys is open',
      'a license after the removal makes its keys usable again',
      'removing the keys of a session leaves the same keys of another',
      'a film stalls when its key is removed, and goes on when it is back',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'remove() of a persistent license',
    instead: 'The license is gone at once; no record is sent, and the statuses stay `usable`.',
    shownBy: {
      'removing a persistent license releases its keys': /got \["usable", "usable"\]/,
      'removing a persistent license sends a record of it, after the promise is fulfilled':
        /got \["fulfilled"\]/,
      ...each(/^message \d: it never came$/, [
        'the record names the key ids and nothing else',
        'the acknowledgement of the record closes the session',
        'nothing is heard of a session after the acknowledgement',
        'a license whose record was acknowledged is gone',
        'a record that was not acknowledged is sent again when it is loaded',
        'a loaded license can be removed',
      ]),
    },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'remove() of a persistent license',
    instead: 'The session may be gone as well: closing it is refused with TypeError.',
    shownBy: { 'removing a license takes its keys out of store at once': /^TypeError: / },
    sometimes: true,
  },
];

const FIREFOX_PERSISTENCE: readonly Deviation[] = [
  {
    cdm: 'firefox-clearkey',
    breaks: 'load() and update(), the order of their last steps',
    instead: '`keystatuseschange` may come before the promise is fulfilled.',
    shownBy: each(/got \[.*"keystatuseschange", "fulfilled"\]/, [
      'the promise of load() is fulfilled before the event of its keys',
      'the promise of an update is fulfilled before the event of its keys',
    ]),
    sometimes: true,
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'load(), "set the sessionId attribute"',
    instead: 'A session has the id that it was to load before it has loaded, and also when there is nothing.',
    shownBy: {
      'a session that found nothing has no id': /got "4294967291"/,
      ...each(/expected "InvalidStateError", got "TypeError"/, [
        'a session that found nothing cannot be used',
        'a session that is loading takes no update and cannot be closed',
      ]),
    },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'load(), sanitized session ID',
    instead: 'Ids that no session can have are not found, rather than refused.',
    shownBy: { 'an id that no session can have is refused': /it resolved with false/ },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Session Storage and Persistence, "SHOULD NOT store session data" before update()',
    instead: 'A session without a license is stored, and found without keys.',
    shownBy: { 'a session without a license is not stored': /found: expected false, got true/ },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'load(), "a MediaKeySession object that is not closed"',
    instead: 'What one session holds open is loaded into another as well.',
    shownBy: each(/expected a rejection with QuotaExceededError, but it resolved/, [
      'a license that is open cannot be loaded',
      'a license that was loaded cannot be loaded beside it',
      'an open session without a license cannot be loaded either',
      'a session that could not load for another that is open cannot be used',
      'a license that is open in one frame cannot be loaded in another',
      'a license that is open in one tab cannot be loaded in another',
    ]),
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'update(), "storing the license/key(s)"',
    instead: 'A second license is not stored: the first one alone is loaded again.',
    shownBy: {
      'a license that is loaded takes more keys, and keeps them': /got \{1[0-9a-f]{31}: "usable"\}/,
    },
  },
];

const FIREFOX_PLAYBACK: readonly Deviation[] = [
  {
    cdm: 'firefox-clearkey',
    breaks: 'setMediaKeys(), "attaching media keys"',
    instead: '`mediaKeys` is set at once, and another call meanwhile is fulfilled.',
    shownBy: {
      'an element has its media keys when the promise is fulfilled, and not before':
        /mediaKeys before: expected null/,
      'media keys are not set while others are being set': RESOLVED,
    },
  },
  {
    cdm: 'firefox-clearkey',
    breaks: 'Wait for Key',
    instead: 'After a seek to what it has no key for, the element stalls without `waitingforkey`.',
    shownBy: {
      'a film whose session is closed tells that it waits for a key': /^waitingforkey: it never came$/,
    },
  },
];

/** Every deviation of the browsers here, checked at each run. */
export const DEVIATIONS: readonly Deviation[] = [
  ...CHROMIUM,
  ...FIREFOX_NEGOTIATION,
  ...FIREFOX_LICENSES,
  ...FIREFOX_PERSISTENCE,
  ...FIREFOX_PLAYBACK,
];

/** How a CDM is known to fail a contract. */
export interface Exception {
  readonly failure: RegExp;
  readonly sometimes: boolean;
}

/** The exception of a CDM from a contract; null where it has none. */
export function exceptionOf(cdm: Cdm, name: string): Exception | null {
  for (const { cdm: owner, shownBy, sometimes = false } of DEVIATIONS) {
    const failure = owner === cdm ? shownBy[name] : undefined;
    if (failure) return { failure, sometimes };
  }
  return null;
}
