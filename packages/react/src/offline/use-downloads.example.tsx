import { SecurePlayerProvider } from '@secure-player/react';
import { DownloadList, DownloadSpaceBar, useDownloads, type Downloads } from '@secure-player/react/offline';
import { useState } from 'react';

function MeteredSwitch() {
  const { setMeteredAllowed } = useDownloads();
  const [isAllowed, setIsAllowed] = useState(false);
  const change = async () => {
    await setMeteredAllowed(!isAllowed);
    setIsAllowed(!isAllowed);
  };

  return (
    <label>
      <input type="checkbox" checked={isAllowed} onChange={() => void change()} /> Use mobile data
    </label>
  );
}

interface DownloadsPageProps {
  /** Made once, outside of rendering. */
  readonly downloads: Downloads;
  readonly watch: (contentId: string) => void;
}

export const DownloadsPage = ({ downloads, watch }: DownloadsPageProps) => (
  <SecurePlayerProvider downloads={downloads}>
    <DownloadSpaceBar />
    <MeteredSwitch />
    <DownloadList onPlay={({ id }) => watch(id)} whenEmpty={<a href="/films">Find something to watch</a>} />
  </SecurePlayerProvider>
);
