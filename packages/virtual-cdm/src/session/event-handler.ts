type Handler = (event: Event) => unknown;

/**
 * An event handler IDL attribute such as `onmessage`: it listens at the place where it was first set, and what the page
 * sets later takes that place (https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes).
 */
export class EventHandler {
  readonly #target: EventTarget;
  readonly #type: string;
  readonly #listener = (event: Event): unknown => this.#handler?.call(this.#target, event);
  #handler: Handler | null = null;

  constructor(target: EventTarget, type: string) {
    this.#target = target;
    this.#type = type;
  }

  get(): Handler | null {
    return this.#handler;
  }

  /** What is no function counts as null, as WebIDL's legacy treatment has it. */
  set(value: unknown): void {
    const handler = typeof value === 'function' ? (value as Handler) : null;
    if (!handler) this.#target.removeEventListener(this.#type, this.#listener);
    else if (!this.#handler) this.#target.addEventListener(this.#type, this.#listener);

    this.#handler = handler;
  }
}
