'use client';

import { useLayoutEffect, type RefObject } from 'react';

import { uncoverPage } from './uncover-page.js';

/** The elements of a player that an error has to do with. */
export interface PlayerElements {
  readonly root: RefObject<HTMLElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/**
 * While the calling component is mounted, the viewer deals with it and not with the picture, whose controls are out of
 * reach. Focus that would be lost, by this or by the component's end, goes to the player: the next Tab goes on from there.
 */
export function useErrorFocus({ root, video }: PlayerElements, panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    // Taken now: refs are empty by the time of a clean-up.
    const elements = { root: root.current, video: video.current, panel: panel.current };
    const wasInert = elements.video?.hasAttribute('inert') === true;

    if (elements.video) uncoverPage(elements.video);
    passFocus(elements.video, elements.root);
    // React 18 does not know the attribute.
    elements.video?.setAttribute('inert', '');

    return () => {
      if (!wasInert) elements.video?.removeAttribute('inert');
      passFocus(elements.panel, elements.root);
    };
  }, [root, video, panel]);
}

function passFocus(from: HTMLElement | null, to: HTMLElement | null): void {
  const { activeElement } = (from?.getRootNode() ?? {}) as Partial<DocumentOrShadowRoot>;
  if (activeElement && from?.contains(activeElement)) to?.focus({ preventScroll: true });
}
