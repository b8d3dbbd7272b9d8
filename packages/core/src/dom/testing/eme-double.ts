import { vi } from 'vitest';

import type { AttachedMediaKeys } from '../media-keys/attached-media-keys.js';

/** Lets everything run that waits for nothing but its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Waits until MediaKeys are attached, or are not to be. */
export async function opened(attached: AttachedMediaKeys): Promise<void> {
  await vi.waitFor(() => {
    if (attached.getState().status === 'opening') throw new Error('It is still opening.');
  });
}

/** A MediaKeySession without a module behind it: a test says what it does. */
export class SessionDouble extends EventTarget {
  sessionId = '';
  expiration = Number.NaN;
  readonly keyStatuses = new Map<BufferSource, string>();
  readonly updates: string[] = [];
  #end: (reason: string) => void = () => {};
  readonly closed = new Promise<string>((resolve) => {
    this.#end = resolve;
  });
  asked: { type: string; initData: Uint8Array } | null = null;

  readonly type: string;
  readonly behavior: EmeBehavior;
  readonly #id: string;

  constructor(type: string, behavior: EmeBehavior, id: string) {
    super();
    this.type = type;
    this.behavior = behavior;
    this.#id = id;
  }

  generateRequest = vi.fn(async (type: string, initData: BufferSource) => {
    const bytes = initData as Uint8Array;
    this.asked = { type, initData: bytes };
    await this.behavior.onRequest?.(this);
    this.sessionId = this.#id;
    if (this.behavior.isSilent) return;

    queueMicrotask(() => this.send(this.behavior.message?.(bytes) ?? toRequest(bytes)));
  });

  update = vi.fn(async (license: BufferSource) => {
    await this.behavior.onUpdate?.(this);
    if (this.behavior.hasNoKeys) return;

    this.updates.push(new TextDecoder().decode(license));
    const { keys = [] } = JSON.parse(this.updates.at(-1) ?? '{}') as { keys?: { kid: string }[] };
    this.setStatuses(Object.fromEntries(keys.map(({ kid }) => [toHex(kid), 'usable'])));
  });

  close = vi.fn(async () => this.end('closed-by-application'));
  remove = vi.fn(async () => {});

  send(message: Uint8Array, messageType = 'license-request'): void {
    const event = Object.assign(new Event('message'), { message: message.slice().buffer, messageType });
    this.dispatchEvent(event);
  }

  setStatuses(statuses: Readonly<Record<string, string>>): void {
    this.keyStatuses.clear();
    for (const [keyId, status] of Object.entries(statuses)) this.keyStatuses.set(fromHex(keyId), status);
    this.dispatchEvent(new Event('keystatuseschange'));
  }

  end(reason: string): void {
    this.keyStatuses.clear();
    this.#end(reason);
  }
}

/** What the double does otherwise than at best. */
export interface EmeBehavior {
  /** Answers a request for access; throws to refuse. @default grants the first configuration */
  grant?:
    | ((name: string, configurations: readonly MediaKeySystemConfiguration[]) => MediaKeySystemConfiguration)
    | undefined;
  isSilent?: boolean | undefined;
  /** Takes licenses, and no key of them. */
  hasNoKeys?: boolean | undefined;
  message?: ((initData: Uint8Array) => Uint8Array) | undefined;
  onRequest?: ((session: SessionDouble) => Promise<void>) | undefined;
  onUpdate?: ((session: SessionDouble) => Promise<void>) | undefined;
  onCertificate?: ((certificate: BufferSource) => Promise<boolean>) | undefined;
}

/** A media element with what EME adds to it. */
export class ElementDouble extends EventTarget {
  mediaKeys: object | null = null;
  error: { code: number; message: string } | null = null;
  currentSrc = '';
  isConnected = true;

  setMediaKeys = vi.fn(async (mediaKeys: object | null) => {
    this.mediaKeys = mediaKeys;
  });

  meet(initData: Uint8Array | null, initDataType = 'keyids'): void {
    const bytes = initData ? initData.slice().buffer : null;
    this.dispatchEvent(Object.assign(new Event('encrypted'), { initDataType, initData: bytes }));
  }

  fail(code: number, currentSrc: string): void {
    Object.assign(this, { error: { code, message: '' }, currentSrc });
    this.dispatchEvent(new Event('error'));
  }
}

/** Puts an EME in place of the browser's, and keeps what was made of it. */
export function stubEme(behavior: EmeBehavior = {}) {
  const sessions: SessionDouble[] = [];
  const made: object[] = [];
  const certificates: BufferSource[] = [];
  const createMediaKeys = vi.fn(async () => {
    const mediaKeys = {
      createSession: (type: string) => {
        const session = new SessionDouble(type, behavior, `session-${sessions.length + 1}`);
        sessions.push(session);
        return session;
      },
      setServerCertificate: async (certificate: BufferSource) => {
        certificates.push(certificate);
        return (await behavior.onCertificate?.(certificate)) ?? true;
      },
    };
    made.push(mediaKeys);
    return mediaKeys;
  });
  const requestMediaKeySystemAccess = vi.fn(
    async (keySystem: string, configurations: MediaKeySystemConfiguration[]) => {
      const configuration = behavior.grant?.(keySystem, configurations) ?? configurations[0];
      return { keySystem, createMediaKeys, getConfiguration: () => configuration };
    },
  );
  vi.stubGlobal('navigator', { requestMediaKeySystemAccess });

  return { behavior, sessions, made, certificates, createMediaKeys, requestMediaKeySystemAccess };
}

/** Init data of type `keyids`. */
export function keyIdsInitData(...keyIds: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ kids: keyIds.map((keyId) => toBase64Url(keyId)) }));
}

/** A Clear Key license for key ids, whose keys are worth nothing. */
export function licenseFor(...keyIds: readonly string[]): Uint8Array<ArrayBuffer> {
  const keys = keyIds.map((keyId) => ({
    kty: 'oct',
    kid: toBase64Url(keyId),
    k: toBase64Url('a'.repeat(32)),
  }));

  return new TextEncoder().encode(JSON.stringify({ keys }));
}

/** What a Clear Key module makes of init data of type `keyids`. */
function toRequest(initData: Uint8Array): Uint8Array {
  const { kids } = JSON.parse(new TextDecoder().decode(initData)) as { kids: string[] };

  return new TextEncoder().encode(JSON.stringify({ kids, type: 'temporary' }));
}

function toBase64Url(hex: string): string {
  const text = btoa(String.fromCharCode(...fromHex(hex)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

function toHex(kid: string): string {
  const binary = atob(kid.replaceAll('-', '+').replaceAll('_', '/'));
  return Array.from(binary, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
