import { ENVELOPES, type ProblemCode, type SealedSystem } from '@secure-player/protocol';

import { hashPassword } from '../node/password.js';
import type { LogEntry } from '../log/log-entry.js';
import { demoAccounts } from '../accounts/demo-accounts.js';
import {
  OpenApiChecker,
  type DocumentedOperation,
  type ReadAnswer,
  type ReadDocument,
} from './openapi-checker.js';
import { keySpellings, spellings, type Needle } from './secret-spellings.js';
import type { Title } from '../catalog/title.js';
import {
  FILM,
  FILM_KEYS,
  KEY_SEED,
  TRAILER,
  TRAILER_KEYS,
  licenseBody,
  mediaFolder,
  setup,
  type TestServer,
} from './setup.js';
import { SYSTEMS, createDevice, requestFor, type VirtualDevice } from './virtual-device.js';

/** In every text that a bad request is made of: an answer or an entry that has it repeats what was sent. */
export const CANARY = 'canary-5e1f';

/** What Node's adapter says of a connection; the metrics are for this machine alone. */
const THIS_MACHINE = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };

/** Nobody would find the demo's by chance; `demo` is in many words. */
export const PASSWORD = 'password-of-the-fuzz-81c7';

/** What stands in a generated request for something of the server's, and is put in when it is sent. */
export const PLACEHOLDERS = {
  token: '<token>',
  session: '<session>',
  stream: '<stream>',
  offline: '<offline>',
  handle: '<handle>',
} as const;

/** A request as it was generated: texts may have {@link PLACEHOLDERS} in them. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  /** The connection breaks when the body was sent, which was to go on. */
  readonly isCutOff?: boolean | undefined;
}

/** What lives on the server for one request. */
export interface Viewer {
  readonly token: string;
  readonly session: string;
  readonly stream: string;
  /** The id of an offline license, and its handle. */
  readonly offline: string;
  readonly handle: string;
}

/** An answer, and what was logged of it. */
export interface FuzzAnswer extends ReadAnswer {
  readonly entries: readonly LogEntry[];
}

/** A server with everything in it that requests can be about, and everything that must not come out of it. */
export class FuzzWorld {
  readonly server: TestServer;
  readonly checker: OpenApiChecker;
  /** A whole message of each system, as a device would send it. */
  readonly messages: Readonly<Record<SealedSystem, Uint8Array<ArrayBuffer>>>;
  readonly #keys: readonly Needle[];
  readonly #always: readonly Needle[];
  readonly #issued = new Set<string>();
  #viewer: Viewer | undefined;

  private constructor(parts: {
    readonly server: TestServer;
    readonly checker: OpenApiChecker;
    readonly messages: FuzzWorld['messages'];
    readonly keys: readonly Needle[];
  }) {
    this.server = parts.server;
    this.checker = parts.checker;
    this.messages = parts.messages;
    this.#keys = parts.keys;
    this.#always = [...spellings(KEY_SEED), ['password', Buffer.from(PASSWORD)]];
  }

  static async create(): Promise<FuzzWorld> {
    const passwordHash = await hashPassword(PASSWORD, { cost: { N: 16, r: 1, p: 1 } });
    const server = setup({
      accounts: demoAccounts().map((account) => ({ ...account, passwordHash })),
      titles: [STORABLE_FILM, TRAILER, RENTAL],
      plans: { premium: { streams: { limit: 2 }, devices: 8 } },
      virtualKeySystems: true,
      logLevel: 'debug',
      // All of it comes from one account at one moment.
      rateLimits: false,
      mediaRoot: await mediaFolder({ 'film-v1/dash/1.m4s': 'segment', 'film-v1/poster.jpg': 'picture' }),
    });
    const document = (await (await server.get('/v1/openapi.json')).json()) as ReadDocument;
    const keyIds = [...Object.values(FILM_KEYS), ...Object.values(TRAILER_KEYS)];
    const keys = (await Promise.all(keyIds.map(keySpellings))).flat();
    return new FuzzWorld({
      server,
      checker: new OpenApiChecker(document),
      messages: await sealAll(server),
      keys,
    });
  }

  /** Somebody who may watch everything, with a playback session; the same one until he is sent away. */
  async viewer(): Promise<Viewer> {
    return (this.#viewer ??= await this.#arrive());
  }

  /** The next request meets somebody new: this one may have signed out, or lost his session. */
  async dismiss(): Promise<void> {
    const headers = { Authorization: `Bearer ${this.#viewer?.token}` };
    this.#viewer = undefined;
    await this.server.post('/v1/logout', {}, { headers });
  }

  /** Sends a request to the server in this process. It resolves with the answer: how long that takes is the server's. */
  async send(request: FuzzRequest): Promise<FuzzAnswer> {
    return this.sendBy(request, async ({ method, target, headers, body, isCutOff }) => {
      const answer = await this.server.app.fetch(
        new Request(`http://server.invalid${target}`, {
          method,
          headers: headers.map(([name, value]): [string, string] => [name, value]),
          ...(body !== undefined && { body: isCutOff ? cutOff(body) : body, duplex: 'half' }),
        }),
        THIS_MACHINE,
      );
      return {
        status: answer.status,
        contentType: answer.headers.get('content-type'),
        body: new Uint8Array(await answer.arrayBuffer()),
      };
    });
  }

  /** The same by any other way to the server. */
  async sendBy(
    request: FuzzRequest,
    deliver: (request: FuzzRequest) => Promise<ReadAnswer>,
  ): Promise<FuzzAnswer> {
    const viewer = await this.viewer();
    const before = this.server.entries.length;
    const answer = await deliver(fillIn(request, viewer));
    if (answer.status < 400) this.#remember(answer);
    return { ...answer, entries: this.server.entries.slice(before) };
  }

  /** The secrets in an answer or in what was logged of it. */
  leaks(operation: DocumentedOperation | null, { status, body, entries }: FuzzAnswer): string[] {
    const isIssued = status < 400 && ISSUING.has(operation?.operationId ?? '');
    const isLicense = status < 400 && operation?.operationId === 'license_clearkey';
    const issued = [...this.#issued].map((text): Needle => ['token or session id', Buffer.from(text)]);
    const canary: Needle = ['what was sent', Buffer.from(CANARY)];
    const inAnswer = [
      ...this.#always,
      ...(isLicense ? [] : this.#keys),
      ...(isIssued ? [] : issued),
      ...(status < 400 ? [] : [canary]),
    ];
    const inLog = [...this.#always, ...this.#keys, ...issued, canary];

    return [...find('answer', body, inAnswer), ...find('log', Buffer.from(JSON.stringify(entries)), inLog)];
  }

  async #arrive(): Promise<Viewer> {
    const login = await this.server.post('/v1/login', { username: 'premium', password: PASSWORD });
    const { token } = (await login.json()) as { token: string };
    const { id } = await this.server.open(token, { contentId: 'film', intent: 'play' });
    const streams = await this.server.get('/v1/streams', { headers: { Authorization: `Bearer ${token}` } });
    const [stream] = ((await streams.json()) as { streams: { id: string }[] }).streams.slice(-1);
    this.#issued.clear();
    const offline = await this.server.openOffline(token);
    for (const secret of [token, id, offline.id]) this.#issued.add(secret);
    return {
      ...{ token, session: id, stream: stream?.id ?? '' },
      ...{ offline: offline.id, handle: offline.handle },
    };
  }

  #remember({ contentType, body }: ReadAnswer): void {
    if (contentType !== 'application/json' || body.length === 0) return;

    const { token, id, heartbeatSeconds, serverTime } = JSON.parse(new TextDecoder().decode(body)) as Record<
      string,
      unknown
    >;
    if (typeof token === 'string') this.#issued.add(token);
    if (typeof id === 'string' && (heartbeatSeconds ?? serverTime) !== undefined) this.#issued.add(id);
  }
}

const STORABLE_FILM: Title = { ...FILM, policy: { offline: { termSeconds: 3600 } } };

const RENTAL: Title = {
  ...FILM,
  id: 'rental',
  access: 'rental',
  directory: 'rental-v1',
  keys: [{ keyId: 'c0000000000000000000000000000001', group: 'SD' }],
  policy: { rental: { startWithinSeconds: 3600, playWithinSeconds: 3600 } },
};

/** Operations whose success tells its caller a secret. */
const ISSUING = new Set([
  'logIn',
  'openPlaybackSession',
  'renewPlaybackSession',
  'openOfflineLicense',
  'renewOfflineLicense',
]);

/** The code of a problem document, or null for any other answer. */
export function problemCodeOf({ contentType, body }: ReadAnswer): ProblemCode | null {
  if (contentType !== 'application/problem+json' || body.length === 0) return null;
  return (JSON.parse(new TextDecoder().decode(body)) as { code: ProblemCode }).code;
}

/** A Clear Key request of the film's keys. */
export const CLEAR_KEY_MESSAGE = licenseBody(Object.values(FILM_KEYS));

async function sealAll(server: TestServer): Promise<FuzzWorld['messages']> {
  const request = requestFor(Object.values(FILM_KEYS));
  const sealed = SYSTEMS.map(async (system): Promise<[SealedSystem, Uint8Array<ArrayBuffer>]> => {
    const device: VirtualDevice = await createDevice({ system, server });
    const message = await device.seal(request);
    ENVELOPES[system].readRequest(message);
    return [system, message];
  });
  return Object.fromEntries(await Promise.all(sealed)) as FuzzWorld['messages'];
}

function fillIn(request: FuzzRequest, viewer: Viewer): FuzzRequest {
  const fill = (text: string): string =>
    text
      .replaceAll(PLACEHOLDERS.token, viewer.token)
      .replaceAll(PLACEHOLDERS.session, viewer.session)
      .replaceAll(PLACEHOLDERS.stream, viewer.stream)
      .replaceAll(PLACEHOLDERS.offline, viewer.offline)
      .replaceAll(PLACEHOLDERS.handle, viewer.handle);
  return {
    ...request,
    target: fill(request.target),
    headers: request.headers.map(([name, value]) => [name, fill(value)] as const),
    body: typeof request.body === 'string' ? fill(request.body) : request.body,
  };
}

function cutOff(body: string | Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new Error('The connection broke'));
      else controller.enqueue(bytes);
      isSent = true;
    },
  });
}

function find(where: string, bytes: Uint8Array, needles: readonly Needle[]): string[] {
  const haystack = Buffer.from(bytes);
  return needles.filter(([, needle]) => haystack.includes(needle)).map(([name]) => `${name} in the ${where}`);
}
