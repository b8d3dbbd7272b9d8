'use client';

import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** Layout effects do not run on a server, and React 18 warns about them there. */
const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** A ref to the value of the last commit, for callbacks that outlive the render that made them. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const ref = useRef(value);
  useCommitEffect(() => {
    ref.current = value;
  });

  return ref;
}
