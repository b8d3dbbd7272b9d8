import type { ProblemCode } from '@secure-player/protocol';

/** What handlers and middleware tell each other about a request, in Hono's words. */
export interface ServerEnv {
  Variables: {
    /** The code of the problem the request ended with, for the log. */
    problemCode: ProblemCode | undefined;
    /** Where the request comes from: ISO 3166-1 alpha-2, or null when nobody whom the server trusts says so. */
    region: string | null | undefined;
  };
}
