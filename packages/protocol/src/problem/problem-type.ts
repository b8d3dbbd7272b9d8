import { isJsonObject } from '../json/json-object.js';

const PREFIX = 'urn:secure-player:problem:';

/** The `type` member of a problem with this code. */
export function problemType(code: string): string {
  return `${PREFIX}${code}`;
}

/**
 * The code in a parsed problem document of the entitlement server, as it stands there: a later version may have codes that
 * nobody here knows. Null for any other body. Whoever needs no more than the code spares the table of titles.
 */
export function readProblemCode(value: unknown): string | null {
  if (!isJsonObject(value)) return null;

  const { code, type } = value;
  return typeof code === 'string' && type === problemType(code) ? code : null;
}
