import type { AccountStream } from '../playback/account-stream.js';
import { isJsonObject } from '../json/json-object.js';
import { PROBLEM_CODES, type ProblemCode } from './problem-codes.js';
import { problemType, readProblemCode } from './problem-type.js';

/** The media type of a problem document, RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** One thing wrong with one field of a request. */
export interface ProblemFieldError {
  /** The field as the sender wrote it, such as `kids[3]`. */
  readonly field: string;
  /** What is wrong with it, in words for the developer. It never repeats the value. */
  readonly message: string;
}

/** An error of the entitlement server as it travels: RFC 9457 problem details with a stable `code`. */
export interface ProblemDetails {
  /** `urn:secure-player:problem:<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What happened this time, in words for people. */
  readonly detail?: string | undefined;
  /** For `invalid-request`: what to change. */
  readonly errors?: readonly ProblemFieldError[] | undefined;
  /** For `stream-limit-reached`: what the account plays, and could stop, oldest first. */
  readonly streams?: readonly AccountStream[] | undefined;
  /** For `session-superseded`: the device that took over, in words such as `Firefox on Windows`. */
  readonly takenOverBy?: string | undefined;
}

/** What a problem can say beyond its code. */
export type ProblemExtra = Pick<ProblemDetails, 'detail' | 'errors' | 'streams' | 'takenOverBy'>;

/** Makes the problem for a code; status and title come from {@link PROBLEM_CODES}. */
export function createProblem(code: ProblemCode, extra: ProblemExtra = {}): ProblemDetails {
  const { status, title } = PROBLEM_CODES[code];
  return {
    type: problemType(code),
    title,
    status,
    code,
    ...(extra.detail !== undefined && { detail: extra.detail }),
    ...(extra.errors !== undefined && { errors: extra.errors }),
    ...(extra.streams !== undefined && { streams: extra.streams }),
    ...(extra.takenOverBy !== undefined && { takenOverBy: extra.takenOverBy }),
  };
}

/**
 * Reads a parsed JSON body. Null means that it is not one of ours: another service's problem, a proxy's
 * error page, or a code from a later version. Members of a wrong type are ignored, as RFC 9457 section
 * 3.1 asks, and do not spoil the rest. What only one kind of problem has is read by `readStreamRefusal`.
 */
export function readProblemDetails(value: unknown): ProblemDetails | null {
  const code = readProblemCode(value);
  if (!isJsonObject(value) || !isProblemCode(code)) return null;

  const { title, status, detail, errors } = value;
  const problem = createProblem(code, {
    detail: typeof detail === 'string' ? detail : undefined,
    errors: Array.isArray(errors) ? errors.filter(isFieldError).map(toFieldError) : undefined,
  });
  return {
    ...problem,
    title: typeof title === 'string' ? title : problem.title,
    status: isErrorStatus(status) ? status : problem.status,
  };
}

function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEM_CODES, value);
}

function isErrorStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599;
}

function isFieldError(value: unknown): value is ProblemFieldError {
  return isJsonObject(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string';
}

function toFieldError({ field, message }: ProblemFieldError): ProblemFieldError {
  return { field, message };
}
