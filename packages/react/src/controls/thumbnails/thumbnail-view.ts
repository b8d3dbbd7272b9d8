import { thumbnailAt, type Thumbnail } from './thumbnail-index.js';

/** What a thumbnail view shows, and in what. */
export interface ThumbnailViewOptions {
  /** Shows a part of the image, at any size. */
  readonly frame: HTMLElement;
  /** Holds the whole sprite. */
  readonly image: HTMLImageElement;
  readonly load: () => Promise<readonly Thumbnail[]>;
  /** Ends the view, and takes its picture away: the elements may be used for another title. */
  readonly signal: AbortSignal;
}

/** Makes what shows the picture of a time. The last time asked for wins, however late the index arrives. */
export function createThumbnailView({
  frame,
  image,
  load,
  signal,
}: ThumbnailViewOptions): (seconds: number) => void {
  let thumbnails: readonly Thumbnail[] | null = null;
  let wanted = 0;
  let shown: Thumbnail | null = null;

  const show = () => {
    const thumbnail = thumbnails && thumbnailAt(thumbnails, wanted);
    if (signal.aborted || !thumbnail || thumbnail === shown) return;

    shown = thumbnail;
    if (image.src !== thumbnail.image) image.src = thumbnail.image;
    place();
  };
  const place = () => {
    const { naturalWidth, naturalHeight } = image;
    frame.toggleAttribute('data-loaded', Boolean(shown && naturalWidth > 0));
    if (!shown || naturalWidth === 0) return;

    const { x, y, width, height } = shown;
    frame.style.aspectRatio = `${width} / ${height}`;
    image.style.width = `${(naturalWidth / width) * 100}%`;
    // Of the image's own size, whatever that is on screen.
    image.style.translate = `${(-x / naturalWidth) * 100}% ${(-y / naturalHeight) * 100}%`;
  };
  const clear = () => {
    frame.removeAttribute('data-loaded');
    image.removeAttribute('src');
  };
  image.addEventListener('load', place, { signal });
  signal.addEventListener('abort', clear, { once: true });

  return (seconds) => {
    wanted = seconds;
    if (thumbnails) return show();

    void load().then((loaded) => {
      thumbnails = loaded;
      show();
    });
  };
}
