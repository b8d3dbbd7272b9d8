'use client';

import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** A layout effect, where there is a layout. They do not run on a server, and React 18 warns about them there. */
export const useCommitEffect: typeof useEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** A ref to the value of the last commit, for callbacks that outlive the render that made them. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const ref = useRef(value);
  useCommitEffect(() => {
    ref.current = value;
  });

  return ref;
}
