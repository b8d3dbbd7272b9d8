'use client';

import { useEffect } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayerView } from '../../player/player-view.js';
import { toggleFullscreen } from '../fullscreen-button/fullscreen.js';
import { keyAction, type KeyboardTarget } from './keyboard-map.js';
import { takesKey } from './takes-key.js';

/**
 * The keyboard of the nearest player, while focus is in it: space or `k` plays and pauses, arrows seek by 5 s and change
 * the volume, `j` and `l` seek by 10 s, `m` mutes, `f` fills the screen, `c` shows captions, digits, Home and End go to a
 * place in the title, `<` and `>` change the speed. Where letters are not Latin, it is the same keys by their place. Text
 * fields, menus and sliders keep the keys that are theirs. Meanwhile the parts of the player tell which key is theirs.
 */
export function useKeyboardShortcuts(isEnabled = true): void {
  const player = usePlayerInstance('useKeyboardShortcuts');
  const { root, video, shortcuts } = usePlayerView();

  useEffect(() => {
    const element = root.current;
    if (!isEnabled || !element) return undefined;

    const captions: KeyboardTarget['captions'] = { last: null };
    const onKeyDown = (event: KeyboardEvent) => {
      const [target] = event.composedPath();
      if (!isForPlayer(event, element) || !(target instanceof Element) || takesKey(target, event.key)) return;

      const act = keyAction(event);
      const { status } = player.getState();
      if (!act || status === 'idle' || status === 'error') return;

      event.preventDefault();
      act({
        player,
        captions,
        isRtl: isRightToLeft(element),
        toggleFullscreen: () => {
          if (video.current) toggleFullscreen(video.current, element);
        },
      });
    };
    // On the document, after React's own listeners: what a part or the page prevented is not for the player.
    const { ownerDocument } = element;
    ownerDocument.addEventListener('keydown', onKeyDown);
    const release = shortcuts.hold();

    return () => {
      ownerDocument.removeEventListener('keydown', onKeyDown);
      release();
    };
  }, [isEnabled, player, root, video, shortcuts]);
}

/** The way of the seek bar, which may be another than that of the page: arrows go where they point. */
function isRightToLeft(root: Element): boolean {
  const bar = root.querySelector('[data-part="seek-bar"]');

  return getComputedStyle(bar ?? root).direction === 'rtl';
}

function isForPlayer(event: KeyboardEvent, root: Element): boolean {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;

  return !event.defaultPrevented && !hasModifier && !event.isComposing && event.composedPath().includes(root);
}
