import { SecurePlayer } from '@secure-player/react';
import '@secure-player/react/styles.css';

export const Film = () => (
  <SecurePlayer
    controls
    source={{ src: '/film.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } } }}
  />
);
