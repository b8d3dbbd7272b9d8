/** What iPhones have in place of the Fullscreen API: their own player, for this element alone. */
interface IPhoneVideo {
  readonly webkitDisplayingFullscreen?: boolean;
  webkitExitFullscreen?(): void;
}

/**
 * Takes a media element back into the page, where it is on a screen of its own: the browser's own controls bring the
 * element there without what lies over it, so that nothing can be shown to the viewer. A page that brought the whole
 * player there keeps it there.
 */
export function uncoverPage(video: HTMLVideoElement & IPhoneVideo): void {
  // Of the shadow tree, where the player is in one: the document names only its host.
  const { fullscreenElement, pictureInPictureElement } = video.getRootNode() as Document | ShadowRoot;
  const document = video.ownerDocument;

  // Both reject where the viewer was faster; there is nothing left to do then.
  if (fullscreenElement === video) document.exitFullscreen().catch(() => {});
  if (pictureInPictureElement === video) document.exitPictureInPicture().catch(() => {});
  if (video.webkitDisplayingFullscreen === true) video.webkitExitFullscreen?.();
}
