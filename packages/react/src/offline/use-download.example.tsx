import { SecurePlayer, type Source } from '@secure-player/react';
import { useDownload } from '@secure-player/react/offline';

/** Below a `<SecurePlayerProvider downloads>`. */
export function Film({ source }: { source: Source & { id: string } }) {
  const { download, start, pause, remove } = useDownload(source.id);

  return (
    <>
      <SecurePlayer controls source={download?.source ?? source} />
      {download === null && (
        <button type="button" onClick={() => void start(source, { maxHeight: 720 })}>
          Download
        </button>
      )}
      {download?.status === 'downloading' && (
        <button type="button" onClick={() => void pause()}>
          Pause at {Math.floor(download.progress * 100)}%
        </button>
      )}
      {download?.status === 'failed' && <p role="alert">{download.error.code}</p>}
      {download && (
        <button type="button" onClick={() => void remove()}>
          Remove
        </button>
      )}
    </>
  );
}
