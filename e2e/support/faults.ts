/** What stands in for the server while a fault lasts: an answer, or a promise that never settles for a silent server. */
export type FaultResponse = (request: Request, pass: () => Promise<Response>) => Response | Promise<Response>;

interface Fault {
  readonly matches: (url: URL, request: Request) => boolean;
  readonly respond: FaultResponse;
  remaining: number;
  struck: number;
}

/** Faults of a server, put in front of the real one: what the browser sees comes by the real wire. */
export class Faults {
  #faults: Fault[] = [];

  /**
   * Answers requests whose path matches, `times` times (for ever by default), until `clear` is called. The function that
   * it returns tells how many requests have met the fault.
   */
  inject(path: RegExp, respond: FaultResponse, times = Number.POSITIVE_INFINITY): () => number {
    const fault: Fault = { matches: (url) => path.test(url.pathname), respond, remaining: times, struck: 0 };
    this.#faults.push(fault);

    return () => fault.struck;
  }

  clear(): void {
    this.#faults = [];
  }

  /** The faulty answer to a request, or the real one. */
  async apply(request: Request, pass: () => Promise<Response>): Promise<Response> {
    const url = new URL(request.url);
    const fault = this.#faults.find(({ matches, remaining }) => remaining > 0 && matches(url, request));
    if (!fault) return pass();

    fault.remaining -= 1;
    fault.struck += 1;
    return fault.respond(request, pass);
  }
}

/** A server that took the request and never answers. */
export const silence: FaultResponse = (request) =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
  });
