import { DownloadItem } from '@secure-player/react/offline';

import { Link } from '../navigation/link.js';
import { DOWNLOADS_PATH } from '../routes.js';

/** What a title on this device is, and for how long. A chunk of its own, with the components of the kit. */
export function KeptDetails({ id }: { id: string }) {
  return (
    <div className="kept-details">
      <p className="keep-note">
        Played from this device, as it was downloaded. To choose another format or key system, remove it here
        and stream it. <Link to={DOWNLOADS_PATH}>All downloads</Link>
      </p>
      <DownloadItem id={id} headingLevel={2} />
    </div>
  );
}
