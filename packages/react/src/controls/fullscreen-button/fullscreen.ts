/** What iPhones have in place of the Fullscreen API: their own player, for the media element alone. */
export type IPhoneVideo = HTMLVideoElement & {
  readonly webkitSupportsFullscreen?: boolean;
  readonly webkitDisplayingFullscreen?: boolean;
  webkitEnterFullscreen?(): void;
  webkitExitFullscreen?(): void;
};

/** Whether this player can fill the screen. */
export function canFillScreen(video: IPhoneVideo): boolean {
  // Missing on iPhones alone: elsewhere `false` means that the page may not, whatever else an element has.
  const { fullscreenEnabled } = video.ownerDocument as { readonly fullscreenEnabled?: boolean };

  return fullscreenEnabled ?? video.webkitEnterFullscreen !== undefined;
}

/** Whether this player fills the screen now. */
export function fillsScreen(video: IPhoneVideo, root: HTMLElement): boolean {
  // Of the shadow tree, where the player is in one: the document names only its host.
  const { fullscreenElement } = root.getRootNode() as Document | ShadowRoot;

  return (fullscreenElement ?? null) === root || video.webkitDisplayingFullscreen === true;
}

/** Fills the screen with the player, controls and all, or goes back to the page. */
export function toggleFullscreen(video: IPhoneVideo, root: HTMLElement): void {
  const { ownerDocument: document } = video;
  // They reject where the browser does not allow it now; the button then still says what can be done.
  if (fillsScreen(video, root)) {
    if (video.webkitDisplayingFullscreen === true) video.webkitExitFullscreen?.();
    else document.exitFullscreen().catch(() => {});
  } else if (document.fullscreenEnabled) {
    root.requestFullscreen().catch(() => {});
  } else {
    video.webkitEnterFullscreen?.();
  }
}
