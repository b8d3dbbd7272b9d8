import type { ProblemCode } from '@secure-player/protocol';

/** What handlers and middleware tell each other about a request, in Hono's words. */
export interface ServerEnv {
  Variables: {
    /** The code of the problem the request ended with, for the log. */
    problemCode: ProblemCode | undefined;
    /** Where the request comes from, as far as it can be believed; null where nobody knows. */
    clientAddress: string | null | undefined;
    /** The client's region by ISO 3166-1 alpha-2; null when nobody whom the server trusts says so. */
    region: string | null | undefined;
  };
}
