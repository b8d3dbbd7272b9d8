import { useState } from 'react';

import { removeAllDownloads } from '../offline/remove-all-downloads.js';
import { useDownloadsReading } from '../offline/use-downloads-reading.js';
import type { Session } from './session-store.js';
import { SignOutDialog } from './sign-out-dialog.js';
import { useSiteServices } from './site-services.js';

/** Signs out. Where films are on the device, it asks first whether they are to stay: they play without an account. */
export function SignOut({ session }: { session: Session }) {
  const { api, sessions, downloads: service } = useSiteServices();
  const reading = useDownloadsReading();
  const [isAsking, setAsking] = useState(false);
  const count = reading.status === 'ready' ? reading.state.downloads.length : 0;

  const signOut = (): void => {
    setAsking(false);
    sessions.end();
    // The token is forgotten here either way; on the server it ends by itself if this never arrives.
    api.logOut(session.token).catch(() => {});
  };
  const removeAndSignOut = async (): Promise<void> => {
    const downloads = service.downloads();
    // Before the token goes: giving licenses back takes it.
    if (downloads) await removeAllDownloads(downloads);
    signOut();
  };

  return (
    <>
      <button
        className="button"
        data-small=""
        type="button"
        onClick={() => (count > 0 ? setAsking(true) : signOut())}
      >
        Sign out
      </button>
      {isAsking && (
        <SignOutDialog
          count={count}
          onKeep={signOut}
          onRemove={removeAndSignOut}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
