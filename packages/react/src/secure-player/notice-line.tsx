'use client';

import { useLayoutEffect, useRef, type ReactNode } from 'react';

import { usePlayerView } from '../player/player-view.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { passFocus } from './pass-focus.js';

/** What a {@link NoticeLine} says, and what happens when the viewer closes it. */
export interface NoticeLineProps {
  part: string;
  text: string;
  onClose: () => void;
}

/** A line over the picture, with a button that closes it. When it goes, the player has the focus that was in it. */
export function NoticeLine({ part, text, onClose }: NoticeLineProps): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const { root } = usePlayerView();
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Taken now: refs are empty by the time of a clean-up.
    const elements = { line: line.current, root: root.current };
    return () => passFocus(elements.line, elements.root);
  }, [root]);

  return (
    <div ref={line} className="secure-player-notice" data-part={part}>
      <span>{text}</span>
      <button
        className="secure-player-notice-close"
        type="button"
        aria-label={messages.close}
        onClick={onClose}
      >
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="M2 2l12 12M14 2L2 14" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
    </div>
  );
}
