import { DOWNLOADS_PATH } from '../routes.js';
import { Link } from '../navigation/link.js';
import { useDownloadsReading } from './use-downloads-reading.js';
import { useOnline } from './use-online.js';

/** Says that there is no network, and what plays without one. There from the start, so that what comes into it is read out. */
export function NetworkBanner({ isOnDownloads }: { isOnDownloads: boolean }) {
  const isOnline = useOnline();
  const reading = useDownloadsReading();
  const count =
    reading.status === 'ready' ? reading.state.downloads.filter((one) => one.isPlayable).length : 0;

  return (
    <div className="network-banner" role="status" data-shown={!isOnline || undefined}>
      {!isOnline && (
        <p>
          <strong>You are offline.</strong>{' '}
          {count === 0 ? 'Nothing on this device plays without a network yet.' : describeCount(count)}{' '}
          {count > 0 && !isOnDownloads && <Link to={DOWNLOADS_PATH}>Go to downloads</Link>}
        </p>
      )}
    </div>
  );
}

function describeCount(count: number): string {
  return count === 1
    ? 'One film on this device plays all the same.'
    : `${count} films on this device play all the same.`;
}
