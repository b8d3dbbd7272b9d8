/** What a page goes through, as far as streams have to do with it: the port that `core/dom` implements. */
export interface PageLifecycle {
  /** Listens until `signal` is aborted. */
  observe(listener: PageLifecycleListener, signal: AbortSignal): void;
}

export interface PageLifecycleListener {
  /** The page is left: only what outlives it can still be sent. */
  readonly onHide: () => void;
  /** The page came back as it was, from the back/forward cache. */
  readonly onReturn: () => void;
  /** There is a network again. */
  readonly onOnline: () => void;
}
