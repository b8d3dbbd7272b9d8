import {
  SecurePlayerProvider,
  useLicense,
  useMediaKeys,
  type DrmConfiguration,
  type License,
} from '@secure-player/react';
import { StrictMode, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests drive from outside: a bare `<video>` whose keys come by `useMediaKeys`, under StrictMode. */
export interface MediaKeysPage {
  show(options: MediaKeysPageOptions): void;
  unmount(): void;
  /** Feeds a file to the element by MSE, whole, as a page without a player would. */
  playByMse(url: string, contentType: string): Promise<void>;
  /** Gives the element the file by its address. */
  playBySrc(url: string): void;
  license(): License;
}

export interface MediaKeysPageOptions {
  readonly drm: DrmConfiguration;
  /** What `authorize` answers. */
  readonly token?: string | undefined;
  /** How many components ask for the keys of the one element. @default 1 */
  readonly components?: number | undefined;
}

declare global {
  interface Window {
    mediaKeysPage: MediaKeysPage;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root element.');

const root = createRoot(container);
/** As the last commit showed it. */
let shown: License | null = null;

function Keys({
  video,
  drm,
}: {
  video: RefObject<HTMLVideoElement | null>;
  drm: DrmConfiguration;
}): ReactNode {
  const keys = useMediaKeys(video, drm);
  const license = useLicense({ mediaKeys: keys });
  useEffect(() => {
    shown = license;
  }, [license]);

  return (
    <ul
      data-testid="keys"
      data-status={keys.status}
      data-license={license.status}
      data-key-system={keys.keySystem}
      data-error-code={keys.error?.code}
      title={keys.error?.message}
    >
      {keys.keyStatuses.map(({ keyId, status }) => (
        <li key={keyId}>
          {keyId} {status}
        </li>
      ))}
    </ul>
  );
}

function Film({ drm, components = 1 }: MediaKeysPageOptions): ReactNode {
  const video = useRef<HTMLVideoElement>(null);

  return (
    <>
      <video ref={video} muted width={640} height={360} />
      {Array.from({ length: components }, (_, index) => (
        <Keys key={index} video={video} drm={drm} />
      ))}
    </>
  );
}

function element(): HTMLVideoElement {
  const video = document.querySelector('video');
  if (!video) throw new Error('The element is not mounted.');
  return video;
}

window.mediaKeysPage = {
  show(options) {
    root.render(
      <StrictMode>
        <SecurePlayerProvider authorize={() => options.token ?? null}>
          <Film {...options} />
        </SecurePlayerProvider>
      </StrictMode>,
    );
  },
  unmount: () => root.render(null),
  async playByMse(url, contentType) {
    const video = element();
    const source = new MediaSource();
    video.src = URL.createObjectURL(source);
    await new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }));
    const buffer = source.addSourceBuffer(contentType);
    const answer = await fetch(url);
    buffer.appendBuffer(await answer.arrayBuffer());
    await new Promise((resolve) => buffer.addEventListener('updateend', resolve, { once: true }));
    await video.play();
  },
  playBySrc(url) {
    const video = element();
    video.src = url;
    // Where it does not play, the element's error says so.
    video.play().catch(() => {});
  },
  license() {
    if (!shown) throw new Error('The page shows nothing.');
    return shown;
  },
};
