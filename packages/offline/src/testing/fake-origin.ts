import { seededBytes } from './seeded-random.js';

/** A file on the server. */
export interface OriginFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag?: string | undefined;
  readonly type?: string | undefined;
  /** The address that answers, after a redirect. */
  readonly finalUrl?: string | undefined;
}

/** What the server has been asked. */
export interface OriginRequest {
  readonly url: string;
  readonly range: string | null;
  readonly headers: Headers;
  readonly init: RequestInit;
}

type Answer = (request: OriginRequest) => Response | Promise<Response>;

/** A server: files, byte ranges, ETags, redirects, and what goes wrong. */
export class FakeOrigin {
  readonly requests: OriginRequest[] = [];
  readonly #files = new Map<string, OriginFile>();
  readonly #scripts = new Map<string, Answer[]>();
  readonly #bytes = new Map<string, number>();
  /** Called before each answer; an answer comes when it resolves. */
  gate: (request: OriginRequest) => Promise<void> = () => Promise.resolve();

  put(url: string, body: string | Uint8Array<ArrayBuffer>, facts: Omit<OriginFile, 'body'> = {}): void {
    this.#files.set(url, {
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      ...facts,
    });
  }

  /** The next requests of this address are answered by these, one each. */
  script(url: string, ...answers: readonly Answer[]): void {
    this.#scripts.set(url, [...(this.#scripts.get(url) ?? []), ...answers]);
  }

  body(url: string): Uint8Array<ArrayBuffer> {
    const file = this.#files.get(url);
    if (!file) throw new Error('No such file.');
    return file.body;
  }

  list(): string[] {
    return [...this.#files.keys()];
  }

  /** How many bytes of a file went out; of all files where none is named. */
  bytesOf(url?: string): number {
    if (url !== undefined) return this.#bytes.get(url) ?? 0;
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  asked(url: string): OriginRequest[] {
    return this.requests.filter((request) => request.url === url);
  }

  readonly fetch = (async (input: string, init: RequestInit = {}) => {
    const { signal } = init;
    signal?.throwIfAborted();
    const headers = new Headers(init.headers);
    const request = { url: input, range: headers.get('range'), headers, init };
    this.requests.push(request);

    await Promise.race([this.gate(request), untilAborted(signal)]);
    const scripted = this.#scripts.get(input)?.shift();
    const response = scripted
      ? await Promise.race([scripted(request), untilAborted(signal)])
      : this.serve(request);
    signal?.throwIfAborted();
    return response;
  }) as typeof fetch;

  /** The answer of a server that does as it should. */
  serve({ url, range }: Pick<OriginRequest, 'url' | 'range'>): Response {
    const file = this.#files.get(url);
    if (!file) return new Response('', { status: 404 });

    const { body, etag, type, finalUrl } = file;
    const headers = new Headers({ ...(etag && { etag }), ...(type && { 'content-type': type }) });
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    if (first === undefined) return this.#send(url, body, { status: 200, headers }, finalUrl);

    const [start, end] = [Number(first), Math.min(last ? Number(last) : Infinity, body.byteLength - 1)];
    if (start > end) return new Response('', { status: 416 });
    headers.set('content-range', `bytes ${start}-${end}/${body.byteLength}`);
    return this.#send(url, body.slice(start, end + 1), { status: 206, headers }, finalUrl);
  }

  #send(url: string, body: Uint8Array<ArrayBuffer>, init: ResponseInit, finalUrl = url): Response {
    this.#bytes.set(url, (this.#bytes.get(url) ?? 0) + body.byteLength);
    const response = new Response(body, init);
    Object.defineProperty(response, 'url', { value: finalUrl });
    return response;
  }
}

/** A status and nothing else. */
export function status(code: number, headers: Record<string, string> = {}): () => Response {
  return () => new Response(code === 204 ? null : 'no', { status: code, headers });
}

/** The connection breaks before an answer. */
export function unreachable(): Response {
  throw new TypeError('Failed to fetch https://secret.example/?token=abc');
}

/** Some bytes, and then nothing any more. */
export function stalls(bytes: number): (request: OriginRequest) => Response {
  return ({ init: { signal } }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(seededBytes(bytes, 1));
          signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
        },
      }),
    );
}

/** No answer at all. */
export function silence(): Promise<Response> {
  return new Promise(() => {});
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
