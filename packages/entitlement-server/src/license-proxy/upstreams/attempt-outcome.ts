import type { ProblemError } from '../../http/problem-error.js';

/** What came of asking a license server once. */
export type AttemptOutcome<Answer> = { readonly status: 'answered'; readonly answer: Answer } | Unanswered;

/** Every outcome without what was asked for. */
export type Unanswered =
  /** The server works, and says no. */
  | { readonly status: 'refused'; readonly problem: ProblemError }
  /** The server does not work as a license server. */
  | {
      readonly status: 'failed';
      readonly problem: ProblemError;
      /** Whether nothing can have been used up or issued, so that a second attempt with a token of its own is safe. */
      readonly mayRepeat: boolean;
      /** Whether it fails whoever asks; not where the message, which nobody here has read, may be the reason. */
      readonly isOutage: boolean;
    }
  | { readonly status: 'timed-out'; readonly problem: ProblemError };
