import { useCallback } from 'react';

import { useRequest } from '../api/use-request.js';
import { readThumbnailIndex, type Thumbnail } from './thumbnail-index.js';

/** The film at a glance: its thumbnails in a row. An ornament, so it says nothing when it cannot be had. */
export function Filmstrip({ thumbnails: url }: { thumbnails: string }) {
  const load = useCallback((signal: AbortSignal) => fetchThumbnails(url, signal), [url]);
  const [state] = useRequest(load);
  const frames = state.status === 'ready' ? state.value : [];

  return (
    <div className="filmstrip" aria-hidden="true">
      {frames.map((frame) => (
        <span key={frame.startTime} className="filmstrip-frame">
          <img src={frame.image} alt="" style={placeOf(frame, frames)} />
        </span>
      ))}
    </div>
  );
}

async function fetchThumbnails(path: string, signal: AbortSignal): Promise<Thumbnail[]> {
  const url = new URL(path, document.baseURI).href;
  const response = await fetch(url, { signal });

  return response.ok ? readThumbnailIndex(await response.text(), url) : [];
}

/** Makes the sprite so large that one frame of it fills the box, and moves that frame there. All in parts of the box. */
function placeOf(frame: Thumbnail, frames: readonly Thumbnail[]) {
  const columns = Math.max(...frames.map(({ x, width }) => (x + width) / width));
  return {
    width: `${columns * 100}%`,
    left: `${(-frame.x / frame.width) * 100}%`,
    top: `${(-frame.y / frame.height) * 100}%`,
  };
}
