'use client';

import { useLayoutEffect, type RefObject } from 'react';

import { passFocus } from './pass-focus.js';
import { uncoverPage } from './uncover-page.js';

/** The elements of a player that an error has to do with. */
export interface PlayerElements {
  readonly root: RefObject<HTMLElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/**
 * While the calling component is mounted, the viewer deals with it and not with the picture nor its controls, which are
 * out of reach. Focus that would be lost, by this or by the component's end, goes to the player: the next Tab goes on from
 * there.
 */
export function useErrorFocus({ root, video }: PlayerElements, panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    // Taken now: refs are empty by the time of a clean-up.
    const elements = { root: root.current, panel: panel.current };
    const own = elements.root?.querySelectorAll(':scope > video, :scope > [data-part="controls"]') ?? [];
    const covered = [...own].filter((element) => !element.hasAttribute('inert'));

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
