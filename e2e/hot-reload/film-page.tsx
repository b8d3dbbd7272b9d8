import '@secure-player/react/styles.css';

import { SecurePlayer } from '@secure-player/react';
import { useState, type ReactElement } from 'react';

/** The module that is edited while the film plays. */
export function FilmPage(): ReactElement {
  const [drm] = useState({ 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } });

  return (
    <>
      <h1>Before the edit</h1>
      <SecurePlayer autoPlay muted source={{ src: '/film.mpd', drm }} />
    </>
  );
}
