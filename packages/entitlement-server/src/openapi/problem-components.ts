import {
  PROBLEM_CODES,
  PROBLEM_MEANINGS,
  PROBLEM_MEDIA_TYPE,
  createProblem,
  type ProblemCode,
} from '@secure-player/protocol';

import { refTo } from './json-schema.js';

const CODES = Object.keys(PROBLEM_CODES) as ProblemCode[];

/** What any request can end with: limits on how often and how much, and faults. */
const OF_EVERY_OPERATION: readonly ProblemCode[] = [
  'payload-too-large',
  'too-many-requests',
  'internal-error',
  'service-unavailable',
];

/** What requests end with that belong to no operation. */
export const OF_NO_OPERATION: readonly ProblemCode[] = [
  'not-found',
  'method-not-allowed',
  'invalid-request',
  'payload-too-large',
  'key-system-unsupported',
];

/** One schema for each problem, by `problem.<code>`. */
export function describeProblems(): Record<string, object> {
  return Object.fromEntries(CODES.map((code) => [nameOf(code), describeProblem(code)]));
}

/** The unsuccessful answers of an operation, by status. */
export function describeProblemAnswers(problems: readonly ProblemCode[]): Record<number, object> {
  const codes = CODES.filter((code) => problems.includes(code) || OF_EVERY_OPERATION.includes(code));
  const statuses = [...new Set(codes.map((code) => PROBLEM_CODES[code].status))].sort((a, b) => a - b);

  return Object.fromEntries(
    statuses.map((status) => [
      status,
      describeAnswer(codes.filter((code) => PROBLEM_CODES[code].status === status)),
    ]),
  );
}

function describeProblem(code: ProblemCode): object {
  const { type, status, title } = createProblem(code);
  return {
    title,
    description: PROBLEM_MEANINGS[code],
    allOf: [refTo('Problem')],
    type: 'object',
    properties: {
      type: { const: type },
      title: { examples: [title] },
      status: { const: status },
      code: { const: code },
    },
    // Without the list there is nothing to choose from.
    required: ['type', 'title', 'status', 'code', ...(code === 'stream-limit-reached' ? ['streams'] : [])],
  };
}

function describeAnswer(codes: readonly ProblemCode[]): object {
  const refs = codes.map((code) => refTo(nameOf(code)));
  const mapping = Object.fromEntries(codes.map((code) => [code, refTo(nameOf(code)).$ref]));
  const schema =
    refs.length === 1 ? refs[0] : { oneOf: refs, discriminator: { propertyName: 'code', mapping } };

  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEM_MEANINGS[code]}`).join('\n\n'),
    content: { [PROBLEM_MEDIA_TYPE]: { schema } },
  };
}

function nameOf(code: ProblemCode): string {
  return `problem.${code}`;
}
