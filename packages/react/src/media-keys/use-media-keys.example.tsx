import { useMediaKeys, type DrmConfiguration } from '@secure-player/react';
import { useEffect, useRef } from 'react';

interface Track {
  /** Such as `video/mp4; codecs="avc1.640015"`. */
  contentType: string;
  /** The init segment, then the others. */
  urls: string[];
}

/** A plain `<video>` without a player, and the status of each of its keys. */
export function BareVideo({ drm, tracks }: { drm: DrmConfiguration; tracks: Track[] }) {
  const video = useRef<HTMLVideoElement>(null);
  const { status, keySystem, keyStatuses, error } = useMediaKeys(video, drm);
  useEffect(() => (video.current ? feed(video.current, tracks) : undefined), [tracks]);

  return (
    <figure>
      <video ref={video} controls playsInline />
      <figcaption>
        <p role="status">
          {error ? `${error.code}: ${error.message}` : `${status}, ${keySystem ?? 'no key system'}`}
        </p>
        <ul>
          {keyStatuses.map(({ keyId, status: keyStatus }) => (
            <li key={keyId}>
              {keyId}: {keyStatus}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** Chromium and Firefox play encrypted media by Media Source Extensions, and not by `src`. */
function feed(video: HTMLVideoElement, tracks: Track[]): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const media = new MediaSource();
  video.src = URL.createObjectURL(media);

  const start = async () => {
    URL.revokeObjectURL(video.src);
    const buffers = tracks.map(({ contentType }) => media.addSourceBuffer(contentType));
    await Promise.all(tracks.map(({ urls }, index) => append(buffers[index], urls, signal)));
    media.endOfStream();
  };
  const fail = () => {
    if (media.readyState === 'open') media.endOfStream('network');
  };
  media.addEventListener('sourceopen', () => void start().catch(fail), { once: true, signal });

  return () => {
    controller.abort();
    video.removeAttribute('src');
    video.load();
  };
}

async function append(buffer: SourceBuffer | undefined, urls: string[], signal: AbortSignal) {
  for (const url of urls) {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw new Error(`A segment could not be had: ${answer.status}`);
    buffer?.appendBuffer(await answer.arrayBuffer());
    await new Promise((resolve) => buffer?.addEventListener('updateend', resolve, { once: true }));
  }
}
