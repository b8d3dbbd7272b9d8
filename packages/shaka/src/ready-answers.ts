import type { ShakaRequest } from './shaka-namespace.js';

/** What a request is answered with, without the network. */
export interface ReadyAnswer {
  /** Where it came from in the end, after redirects: relative URLs in a manifest start there. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: ArrayBuffer;
}

const answers = new WeakMap<ShakaRequest, ReadyAnswer>();

/** Has a request answered at once; called from a request filter. */
export function answerAtHand(request: ShakaRequest, answer: ReadyAnswer): void {
  answers.set(request, answer);
}

/** Whether a request will be answered at once: it needs no credentials. */
export function isAnswered(request: ShakaRequest): boolean {
  return answers.has(request);
}

/** What is at hand for a request, once. */
export function takeReadyAnswer(request: ShakaRequest): ReadyAnswer | undefined {
  const answer = answers.get(request);
  answers.delete(request);

  return answer;
}
