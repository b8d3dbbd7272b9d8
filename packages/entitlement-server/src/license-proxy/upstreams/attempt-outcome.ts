import type { ProblemError } from '../../http/problem-error.js';

/** What came of asking a license server once. */
export type AttemptOutcome<Answer> = { readonly status: 'answered'; readonly answer: Answer } | Unanswered;

/** What can be told of an answer that was none, for the operator: no text of the server's, and no URL. */
export interface UnansweredReason {
  /** The HTTP status of the answer, if there was one. */
  readonly httpStatus?: number | undefined;
  /** The system's word for what became of the connection, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly errorCode?: string | undefined;
}

/** Every outcome without what was asked for. */
export type Unanswered =
  /** The server works, and says no. */
  | { readonly status: 'refused'; readonly problem: ProblemError; readonly reason: UnansweredReason }
  /** The server does not work as a license server. */
  | {
      readonly status: 'failed';
      readonly problem: ProblemError;
      readonly reason: UnansweredReason;
      /** Whether nothing can have been used up or issued, so that a second attempt with a token of its own is safe. */
      readonly mayRepeat: boolean;
      /** Whether it fails whoever asks; not where the message, which nobody here has read, may be the reason. */
      readonly isOutage: boolean;
    }
  | { readonly status: 'timed-out'; readonly problem: ProblemError; readonly reason: UnansweredReason };
