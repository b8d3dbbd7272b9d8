import {
  readProblemDetails,
  type CatalogResponse,
  type LoginRequest,
  type LoginResponse,
  type PlaybackSessionRequest,
  type PlaybackSessionResponse,
} from '@secure-player/protocol';

import { ApiError } from './api-error.js';

/** The entitlement server, as the site uses it. Everything rejects with an {@link ApiError}, or with the signal's reason. */
export interface Api {
  readonly getCatalog: (signal?: AbortSignal) => Promise<CatalogResponse>;
  readonly logIn: (request: LoginRequest) => Promise<LoginResponse>;
  readonly logOut: (token: string) => Promise<void>;
  readonly openPlayback: (
    request: PlaybackSessionRequest,
    signal?: AbortSignal,
  ) => Promise<PlaybackSessionResponse>;
  readonly renewPlayback: (sessionId: string, signal?: AbortSignal) => Promise<void>;
  /** May be called while the page goes away. */
  readonly endPlayback: (sessionId: string) => Promise<void>;
}

/** What {@link createApi} needs. */
export interface ApiOptions {
  readonly fetch: typeof fetch;
  /** The bearer token of whoever is signed in; read at each request. */
  readonly token: () => string | null;
  /** Called when the server no longer knows the token: it was signed out elsewhere, or the server started anew. */
  readonly onSessionExpired: () => void;
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly keepalive?: boolean;
  /** @default the one of the options */
  readonly token?: string;
}

/** Makes the client for the API of the page's own origin. */
export function createApi(options: ApiOptions): Api {
  const sessionPath = (id: string) => `/v1/playback-sessions/${encodeURIComponent(id)}`;

  return {
    getCatalog: async (signal) => readJson(await send(options, '/v1/catalog', { signal })),
    logIn: async (request) => readJson(await send(options, '/v1/login', { method: 'POST', body: request })),
    logOut: async (token) =>
      void (await send(options, '/v1/logout', { method: 'POST', token, keepalive: true })),
    openPlayback: async (request, signal) =>
      readJson(await send(options, '/v1/playback-sessions', { method: 'POST', body: request, signal })),
    renewPlayback: async (id, signal) =>
      void (await send(options, sessionPath(id), { method: 'PUT', signal })),
    endPlayback: async (id) =>
      void (await send(options, sessionPath(id), { method: 'DELETE', keepalive: true })),
  };
}

async function send(options: ApiOptions, path: string, call: Call): Promise<Response> {
  const { method = 'GET', body, signal, keepalive = false, token = options.token() } = call;
  const headers = new Headers({ accept: 'application/json' });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');

  let response: Response;
  try {
    response = await options.fetch(path, {
      method,
      headers,
      keepalive,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ApiError('unreachable', { cause });
  }

  if (response.ok) return response;

  const error = await toProblem(response);
  if (error.code === 'session-expired') options.onSessionExpired();
  throw error;
}

async function toProblem(response: Response): Promise<ApiError> {
  const { status } = response;
  const problem = readProblemDetails(await response.json().catch(() => null));

  return new ApiError(problem?.code ?? 'unexpected-answer', { status });
}

/** The server is this project's own, and its answers are typed by the protocol; what is not JSON is not from it. */
async function readJson<Body>(response: Response): Promise<Body> {
  try {
    return (await response.json()) as Body;
  } catch (cause) {
    throw new ApiError('unexpected-answer', { status: response.status, cause });
  }
}
