import type { BearerSession } from '../accounts/bearer-sessions.js';

/** Which device a request comes from: what it calls itself, or its sign-in where it does not say. */
export function deviceIdOf(login: BearerSession, said: string | undefined): string {
  return said ?? login.id;
}
