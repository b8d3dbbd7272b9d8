import { ProblemError } from '../../../http/problem-error.js';

/** The problem that a promise ends in, with the headers that go with it. Any other end fails the test. */
export async function problemOf(promise: Promise<unknown>): Promise<{
  readonly code: string;
  readonly detail?: string;
  readonly headers: Readonly<Record<string, string>>;
}> {
  const error: unknown = await promise.then(
    () => new Error('There was an answer'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw error;

  const { code, detail } = error.problem;
  return { code, headers: error.headers, ...(detail !== undefined && { detail }) };
}
