'use client';

import { useLayoutEffect, type RefObject } from 'react';

import { passFocus } from './pass-focus.js';
import { uncoverPage } from './uncover-page.js';

/** What of a player is not out of reach: the error, what screen readers are told, and what must not be altered. */
const UNCOVERED = '[data-part="error"], [data-part="status"], [data-part="watermark"]';

/** The elements of a player that an error has to do with. */
export interface PlayerElements {
  readonly root: RefObject<HTMLElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/**
 * While the calling component is mounted, the viewer deals with it and not with the picture nor what lies over that, which
 * are out of reach: the controls, or a layout of the page's own. Focus that would be lost, by this or by the component's end, goes to the player: the next Tab goes on from
 * there.
 */
export function useErrorFocus({ root, video }: PlayerElements, panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    // Taken now: refs are empty by the time of a clean-up.
    const elements = { root: root.current, panel: panel.current };
    const covered = [...(elements.root?.children ?? [])].filter(
      (element) => !element.matches(UNCOVERED) && !element.hasAttribute('inert'),
    );

    if (video.current) uncoverPage(video.current);
    for (const element of covered) {
      passFocus(element, elements.root);
      // React 18 does not know the attribute.
      element.setAttribute('inert', '');
    }

    return () => {
      for (const element of covered) element.removeAttribute('inert');
      passFocus(elements.panel, elements.root);
    };
  }, [root, video, panel]);
}
