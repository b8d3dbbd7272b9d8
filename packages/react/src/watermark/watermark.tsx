'use client';

import { systemClock } from '@secure-player/core';
import { useCallback, useEffect, useState, type ReactElement } from 'react';

import { useLatest } from '../player/use-latest.js';
import { WatermarkOverlay, type WatermarkTampering } from './watermark-overlay.js';

/** Props of {@link Watermark}. */
export interface WatermarkProps {
  /** What tells the viewer from others, such as an account's address. */
  text: string;
  /** The playback session, in a line of its own: a recording then names the session that it was made in. */
  sessionId?: string | undefined;
  /** 0 to 1. @default 0.28 */
  opacity?: number | undefined;
  /** Called when the watermark was removed or altered, after it has been restored; at most five times in a second. */
  onTamper?: ((tampering: WatermarkTampering) => void) | undefined;
}

/**
 * A text over the picture that moves from place to place and comes back when it is taken away. A child of `<SecurePlayer>`;
 * it is shown in fullscreen too, where the player's root is what fills the screen, and not in the browser's own fullscreen
 * of the video.
 *
 * It deters and it names a source; it prevents nothing. Whoever has hold of the page can stop the script, cover the text, or
 * take the picture from elsewhere. Against those there are only watermarks in the picture itself, put there by a server.
 */
export function Watermark({
  text,
  sessionId,
  opacity = 0.28,
  onTamper,
}: WatermarkProps): ReactElement | null {
  const [root, setRoot] = useState<HTMLElement | 'missing' | null>(null);
  const find = useCallback((element: HTMLElement | null) => {
    if (element) setRoot(element.closest<HTMLElement>('[data-secure-player]') ?? 'missing');
  }, []);
  const latest = useLatest(onTamper);
  const lines = sessionId === undefined ? text : `${text}\n${sessionId}`;

  useEffect(() => {
    if (!root || root === 'missing') return undefined;

    const overlay = new WatermarkOverlay({
      root,
      text: lines,
      opacity,
      clock: systemClock,
      onTamper: (tampering) => latest.current?.(tampering),
    });
    overlay.start();
    return () => overlay.stop();
  }, [root, lines, opacity, latest]);

  if (root === 'missing') {
    throw new Error('<Watermark> must be rendered within <SecurePlayer>, as one of its children.');
  }
  // What React renders can be taken away from it, and it would then fail at its end. So it renders nothing, once it knows where.
  return root ? null : <span hidden ref={find} />;
}
