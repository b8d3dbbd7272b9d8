import { thumbnailAt, type Thumbnail } from './thumbnail-index.js';

/**
 * Makes what shows the picture of a time: `image` holds the whole sprite, `frame` shows a part of it at any size. The
 * last time asked for wins, however late the index arrives.
 */
export function createThumbnailView(
  frame: HTMLElement,
  image: HTMLImageElement,
  load: () => Promise<readonly Thumbnail[]>,
): (seconds: number) => void {
  let thumbnails: readonly Thumbnail[] | null = null;
  let wanted = 0;
  let shown: Thumbnail | null = null;

  const show = () => {
    const thumbnail = thumbnails && thumbnailAt(thumbnails, wanted);
    if (!thumbnail || thumbnail === shown) return;

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
  image.addEventListener('load', place);

  return (seconds) => {
    wanted = seconds;
    if (thumbnails) return show();

    void load().then((loaded) => {
      thumbnails = loaded;
      show();
    });
  };
}
