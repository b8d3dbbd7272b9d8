import { useCallback, useEffect, useState } from 'react';

import { toApiError, type ApiError } from './api-error.js';

/** What came of a request so far. */
export type RequestState<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: ApiError };

const LOADING = { status: 'loading' } as const;

/** Makes a request on mount and whenever `load`, which must be memoized, is another one. The second result makes it anew. */
export function useRequest<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
): readonly [RequestState<Value>, () => void] {
  const [state, setState] = useState<RequestState<Value>>(LOADING);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (result: RequestState<Value>) => {
      if (!signal.aborted) setState(result);
    };

    setState(LOADING);
    load(signal).then(
      (value) => settle({ status: 'ready', value }),
      (cause: unknown) => settle({ status: 'failed', error: toApiError(cause) }),
    );
    return () => controller.abort();
  }, [load, attempt]);

  return [state, useCallback(() => setAttempt((count) => count + 1), [])];
}
