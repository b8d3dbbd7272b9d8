import { useCallback, useEffect, useMemo, useState } from 'react';

import { toApiError, type ApiError } from './api-error.js';

/** What came of a request so far. */
export type RequestState<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: ApiError };

/**
 * Makes a request on mount and whenever `load`, which must be memoized, is another one. The second result makes it anew.
 * `load` may ignore its signal; what it gives after the signal was aborted is dropped.
 */
export function useRequest<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
): readonly [RequestState<Value>, () => void] {
  const [attempt, setAttempt] = useState(0);
  const request = useMemo(() => ({ load, attempt }), [load, attempt]);
  const [settled, setSettled] = useState<{ of: typeof request; state: RequestState<Value> } | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    const settle = (state: RequestState<Value>) => {
      if (!controller.signal.aborted) setSettled({ of: request, state });
    };

    request.load(controller.signal).then(
      (value) => settle({ status: 'ready', value }),
      (cause: unknown) => settle({ status: 'failed', error: toApiError(cause) }),
    );
    return () => controller.abort();
  }, [request]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return [settled?.of === request ? settled.state : { status: 'loading' }, retry];
}
