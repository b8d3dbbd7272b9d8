import { useMediaKeys, type DrmConfiguration } from '@secure-player/react';
import { useRef } from 'react';

const drm: DrmConfiguration = { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } };

/** A plain `<video>` that the page feeds by Media Source Extensions. */
export function BareVideo({ src }: { src: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const { status, keyStatuses, error } = useMediaKeys(video, drm);

  return (
    <>
      <video ref={video} src={src} controls />
      <p>{error ? error.code : status}</p>
      <ul>
        {keyStatuses.map(({ keyId, status: keyStatus }) => (
          <li key={keyId}>{keyStatus}</li>
        ))}
      </ul>
    </>
  );
}
