import { toPlaybackError } from '../error/playback-error.js';
import type { Source } from '../source/source.js';

/** What a request is for; segments are asked about only where the page opts in, by `authorizeSegments`. */
export type AuthorizePurpose = 'license' | 'key' | 'certificate' | 'manifest' | 'segment' | 'entitlement';

/** Why the page is asked: first use, a 401 to what it gave, or a credential about to run out. */
export type AuthorizeReason = 'initial' | 'unauthorized' | 'expiring';

/** The question put to `authorize`. */
export interface AuthorizeRequest {
  readonly purpose: AuthorizePurpose;
  readonly url: string;
  readonly source?: Source | undefined;
  readonly keySystem?: string | undefined;
  readonly reason: AuthorizeReason;
  readonly signal: AbortSignal;
}

/** Headers for a request. A plain string is a Bearer token; null is no credential. */
export type AuthorizeAnswer = string | HeadersInit | null;

/**
 * The page's callback that gives a request its credentials.
 *
 * License requests are not redirected. Manifests, certificates and keys are, and a browser then takes off `Authorization`
 * at another origin but no other header: answer with a string, or keep to origins that do not redirect.
 */
export type Authorize = (request: AuthorizeRequest) => AuthorizeAnswer | Promise<AuthorizeAnswer>;

/** What {@link Authorizer} reads, each time anew. */
export interface AuthorizerOptions {
  /** Read at call time, so a page may change it between renders. */
  authorize(): Authorize | undefined;
  /** Origins besides the page's own and those of the configured license URLs that may see a credential. */
  authorizedOrigins(): readonly string[];
  /** Whether media segments get credentials too; see {@link Authorizer.asksForSegments}. @default never */
  authorizeSegments?(): boolean;
  /** Base of relative URLs, `document.baseURI` in a page. `undefined` outside of one. */
  pageUrl(): string | undefined;
  /** The page's own origin, which is always allowed. Not that of `pageUrl`: a `<base>` element moves that one. */
  pageOrigin(): string | undefined;
}

/**
 * Asks the page for credentials, and only for origins that may have them.
 *
 * A manifest can name any URL, also as a license server. Without the allow-list a foreign manifest would collect tokens.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** Whether the page gave an `authorize` callback at all. */
  isConfigured(): boolean {
    return this.#options.authorize() !== undefined;
  }

  /**
   * Whether the page is to be asked for each media segment as well. Most are encrypted, or have a signed URL: a header would
   * cost a preflight each at another origin. Captions that the page adds itself are asked about in any case.
   */
  asksForSegments(): boolean {
    return this.isConfigured() && (this.#options.authorizeSegments?.() ?? false);
  }

  /**
   * The headers that the page wants on a request; empty for origins that are not allowed.
   *
   * @throws PlaybackError `authorize-failed` when the callback throws or gives something that is no set of headers; a
   * PlaybackError that the callback throws stays as it is.
   */
  async headersFor(request: AuthorizeRequest): Promise<Record<string, string>> {
    const authorize = this.#options.authorize();
    if (!authorize || !this.isAllowed(request.url, request.source)) return {};

    try {
      return toHeaderRecord(await authorize(request));
    } catch (cause) {
      request.signal.throwIfAborted();
      // A page may say what is the matter itself, such as `authentication-required` before anybody is signed in.
      throw toPlaybackError(cause, 'authorize-failed');
    }
  }

  /** Whether a URL may see a credential: the page's origin, those of configured license URLs, and authorized ones. */
  isAllowed(url: string, source: Source | undefined): boolean {
    const base = this.#options.pageUrl();
    const origin = originOf(url, base);
    if (origin === null) return false;

    const allowed = [
      this.#options.pageOrigin(),
      ...this.#options.authorizedOrigins(),
      ...licenseUrls(source),
    ];

    return allowed.some((candidate) => candidate !== undefined && originOf(candidate, base) === origin);
  }
}

function licenseUrls(source: Source | undefined): string[] {
  return Object.values(source?.drm ?? {}).flatMap((configuration) =>
    configuration?.licenseUrl === undefined ? [] : [configuration.licenseUrl],
  );
}

function originOf(url: string, base: string | undefined): string | null {
  const parsed = URL.canParse(url, base) ? new URL(url, base) : null;

  // Opaque origins all read 'null', equal as texts but not the same place; and a `blob:` URL borrows its maker's.
  return parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed.origin : null;
}

function toHeaderRecord(answer: AuthorizeAnswer): Record<string, string> {
  if (answer === null) return {};
  if (typeof answer === 'string') return { authorization: `Bearer ${answer}` };

  return Object.fromEntries(new Headers(answer).entries());
}
