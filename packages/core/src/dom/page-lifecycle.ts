import type { PageLifecycle } from '../stream-lease/page-lifecycle.js';

/** What the window around tells of its page. */
export function createPageLifecycle(): PageLifecycle {
  return {
    observe({ onHide, onReturn, onOnline }, signal) {
      const onPageShow = ({ persisted }: PageTransitionEvent) => {
        if (persisted) onReturn();
      };
      window.addEventListener('pagehide', onHide, { signal });
      window.addEventListener('pageshow', onPageShow, { signal });
      window.addEventListener('online', onOnline, { signal });
    },
  };
}
