import type { Source } from '@secure-player/react';
import { DownloadButton } from '@secure-player/react/offline';

interface TitleActionsProps {
  readonly source: Source;
  readonly watch: () => void;
  readonly showDownloads: () => void;
}

/** Below a `<SecurePlayerProvider downloads>`. */
export const TitleActions = ({ source, watch, showDownloads }: TitleActionsProps) => (
  <DownloadButton source={source} onPlay={watch} onRecovery={{ 'free-space': showDownloads }} />
);
