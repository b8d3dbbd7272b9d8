import { readProblemDetails } from '@secure-player/protocol';

import { ApiError } from './api-error.js';
import type {
  CatalogResponse,
  DevicesResponse,
  Entitlement,
  LoginRequest,
  LoginResponse,
  OfflineLicensesResponse,
  PlaybackSessionRequest,
  PlaybackSessionResponse,
  StreamsResponse,
} from './entitlement-api.generated.js';
import {
  addressOf,
  type OperationAnswer,
  type OperationName,
  type OperationRequest,
} from './operation-request.js';

/** The entitlement server, as the site uses it. Everything rejects with an {@link ApiError}, or with the signal's reason. */
export interface Api {
  readonly getCatalog: (signal?: AbortSignal) => Promise<CatalogResponse>;
  /** What whoever is signed in may do with a title. */
  readonly getEntitlement: (contentId: string, signal?: AbortSignal) => Promise<Entitlement>;
  readonly logIn: (request: LoginRequest) => Promise<LoginResponse>;
  readonly logOut: (token: string) => Promise<void>;
  readonly openPlayback: (
    request: Omit<PlaybackSessionRequest, 'deviceId'>,
    signal?: AbortSignal,
  ) => Promise<PlaybackSessionResponse>;
  /** May be called while the page goes away. */
  readonly endPlayback: (sessionId: string) => Promise<void>;
  readonly getStreams: (signal?: AbortSignal) => Promise<StreamsResponse>;
  readonly stopStream: (streamId: string) => Promise<void>;
  readonly getDevices: (signal?: AbortSignal) => Promise<DevicesResponse>;
  /** With what it keeps offline. */
  readonly removeDevice: (deviceId: string) => Promise<void>;
  /** What the account keeps offline, on all its devices. */
  readonly getOfflineLicenses: (signal?: AbortSignal) => Promise<OfflineLicensesResponse>;
  /** By the handle that the list gives. */
  readonly revokeOfflineLicense: (handle: string) => Promise<void>;
}

/** What {@link createApi} needs. */
export interface ApiOptions {
  readonly fetch: typeof fetch;
  /** What this browser is among the account's devices. */
  readonly deviceId: string;
  /** The bearer token of whoever is signed in; read at each request. */
  readonly token: () => string | null;
  /** Called when the server no longer knows the token: it was signed out elsewhere, or the server started anew. */
  readonly onSessionExpired: () => void;
}

/** Makes the client for the API of the page's own origin. */
export function createApi(options: ApiOptions): Api {
  return {
    getCatalog: async (signal) => call(options, 'GET /v1/catalog', { signal }),
    getEntitlement: async (contentId, signal) =>
      call(options, 'GET /v1/entitlements/{contentId}', { path: { contentId }, signal }),
    logIn: async (body) => call(options, 'POST /v1/login', { body }),
    logOut: async (token) => call(options, 'POST /v1/logout', { token, keepalive: true }),
    openPlayback: async (request, signal) => {
      const body = { ...request, deviceId: options.deviceId };
      return call(options, 'POST /v1/playback-sessions', { body, signal });
    },
    endPlayback: async (id) =>
      call(options, 'DELETE /v1/playback-sessions/{id}', { path: { id }, keepalive: true }),
    getStreams: async (signal) => call(options, 'GET /v1/streams', { signal }),
    stopStream: async (id) => call(options, 'DELETE /v1/streams/{id}', { path: { id } }),
    getDevices: async (signal) => call(options, 'GET /v1/devices', { signal }),
    removeDevice: async (id) => call(options, 'DELETE /v1/devices/{id}', { path: { id } }),
    getOfflineLicenses: async (signal) => call(options, 'GET /v1/offline-licenses', { signal }),
    revokeOfflineLicense: async (id) => call(options, 'DELETE /v1/offline-licenses/{id}', { path: { id } }),
  };
}

async function call<Name extends OperationName>(
  options: ApiOptions,
  name: Name,
  request: OperationRequest<Name>,
): Promise<OperationAnswer<Name>> {
  const response = await send(options, name, request);
  if (response.ok) return readAnswer(response);

  const error = await toProblem(response);
  if (error.code === 'session-expired') options.onSessionExpired();
  throw error;
}

/** Any request, as far as sending it goes. */
interface AnyRequest extends Omit<OperationRequest<OperationName>, 'path' | 'query' | 'header' | 'body'> {
  readonly path?: Readonly<Record<string, string | undefined>> | undefined;
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly header?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
}

async function send(options: ApiOptions, name: OperationName, request: AnyRequest): Promise<Response> {
  const { body, signal, keepalive = false, token = options.token() } = request;
  const { method, url } = addressOf(name, request);
  const headers = new Headers({ accept: 'application/json' });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  for (const [header, value] of Object.entries(request.header ?? {})) {
    if (value !== undefined) headers.set(header, value);
  }

  try {
    return await options.fetch(url, {
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
}

async function toProblem(response: Response): Promise<ApiError> {
  const { status } = response;
  const problem = readProblemDetails(await response.json().catch(() => null));

  return new ApiError(problem?.code ?? 'unexpected-answer', { status });
}

/** The server is this project's own, and tests hold its answers against its document; what is not JSON is not from it. */
async function readAnswer<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as Answer;

  try {
    return (await response.json()) as Answer;
  } catch (cause) {
    throw new ApiError('unexpected-answer', { status: response.status, cause });
  }
}
