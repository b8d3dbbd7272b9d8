import { useState, useSyncExternalStore } from 'react';

import { useSiteServices } from '../account/site-services.js';

import './notices.css';

/** Says that there is a new version, which comes when the visitor wants it. */
export function UpdateNotice() {
  const { shell } = useSiteServices();
  const version = useSyncExternalStore(shell.subscribe, shell.get);
  const [isPutOff, setPutOff] = useState(false);
  const isShown = version === 'outdated' && !isPutOff;

  return (
    <div className="update-notice" role="status" data-shown={isShown || undefined}>
      {isShown && (
        <>
          <p>A new version is there.</p>
          <button
            className="button"
            data-primary=""
            data-small=""
            type="button"
            onClick={() => shell.update()}
          >
            Reload
          </button>
          <button className="button" data-small="" type="button" onClick={() => setPutOff(true)}>
            Later
          </button>
        </>
      )}
    </div>
  );
}
