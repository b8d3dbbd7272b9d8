import type { CdmLogEntry } from './cdm-log.js';

/** Every type of a value that an entry can hold, however deep. */
type Values<Value> = Value extends readonly (infer Item)[]
  ? Values<Item>
  : Value extends object
    ? { [Member in keyof Value]: Values<Value[Member]> }[keyof Value]
    : Value;

type Held = Values<CdmLogEntry>;

// Text, numbers and nothing else: neither bytes, nor whatever else could carry a key, fits into an entry.
export const onlyPlainValues = null as unknown as Held satisfies string | number | null | undefined;

/** The members that are free text, and so could be given a key by mistake. Each is a name that a page can see anyway. */
type FreeText = {
  [Member in keyof CdmLogEntry]-?: string extends CdmLogEntry[Member] ? Member : never;
}[keyof CdmLogEntry];

export const freeText = null as unknown as FreeText satisfies
  | 'keySystem'
  | 'sessionId'
  | 'messageType'
  | 'closedReason';

// @ts-expect-error: the bytes of a message have no place.
export const withMessage: CdmLogEntry = { at: 0, type: 'message', message: new Uint8Array(1) };

// @ts-expect-error: init data have no place.
export const withInitData: CdmLogEntry = { at: 0, type: 'call', initData: new ArrayBuffer(1) };

export const withKey: CdmLogEntry = {
  at: 0,
  type: 'key-statuses',
  // @ts-expect-error: a key has no place beside its status.
  keyStatuses: [{ keyId: '00112233445566778899aabbccddeeff', status: 'usable', key: new Uint8Array(16) }],
};

// @ts-expect-error: an error has no place, for its message may quote anything.
export const withError: CdmLogEntry = { at: 0, type: 'call-failed', error: new Error('secret') };
