import type { ProblemFieldError } from '@secure-player/protocol';
import * as v from 'valibot';

import { requestMediaType, requireMediaType } from './media-type.js';
import { ProblemError, invalidField } from './problem-error.js';
import { readBody } from './read-body.js';

const JSON_LIMIT = 16 * 1024;
const MAX_REPORTED_ISSUES = 16;

/**
 * Reads and validates a JSON body. What comes out was built by the schema, member by member, so a `__proto__` or any
 * other member nobody asked for cannot get in. The problem lists fields and expectations, never values.
 */
export async function readJson<TSchema extends v.GenericSchema>(
  request: Request,
  schema: TSchema,
): Promise<v.InferOutput<TSchema>> {
  requireMediaType(requestMediaType(request), ['application/json']);
  const value = parseJson(await readBody(request, JSON_LIMIT));
  const result = v.safeParse(schema, value, { message: describeIssue });
  // To a schema whose members may all be left out, a list is an object that has none of them.
  if (result.success && Array.isArray(value)) throw invalidField('', 'must be Object');
  if (result.success) return result.output;

  throw new ProblemError('invalid-request', {
    errors: result.issues.slice(0, MAX_REPORTED_ISSUES).map(toFieldError),
  });
}

/** The same for a body that may be left out; undefined when it is. */
export async function readOptionalJson<TSchema extends v.GenericSchema>(
  request: Request,
  schema: TSchema,
): Promise<v.InferOutput<TSchema> | undefined> {
  if (request.body === null || request.headers.get('content-length') === '0') return undefined;
  return readJson(request, schema);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the text around the fault, which may be a password.
    throw new ProblemError('invalid-request', { detail: 'The body is not JSON in UTF-8.' });
  }
}

function toFieldError(issue: v.BaseIssue<unknown>): ProblemFieldError {
  // The name of a member that is not in the schema is the sender's text, not a field of ours.
  if (isUnknownMember(issue)) return { field: '*', message: issue.message };

  return { field: issue.path?.map((item) => String(item.key)).join('.') ?? '', message: issue.message };
}

/** In place of valibot's own messages, which repeat what was received. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (isUnknownMember(issue)) return 'has a member that is not part of this request';
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'is required';
  if (issue.expected === null) return 'is not valid';
  return issue.type.endsWith('_length')
    ? `must have a length of ${issue.expected}`
    : `must be ${issue.expected}`;
}

function isUnknownMember(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}
