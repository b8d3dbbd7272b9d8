import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Headers of the site's pages. Nothing inline runs and nothing comes from elsewhere. `blob:` media is what Media Source
 * Extensions plays: the element's URL names a MediaSource of this page. `data:` media is the empty `<track>` that Shaka
 * hangs its subtitles on, and can run nothing. `blob:` pictures and the index of thumbnails are those of films that are kept
 * on the device: what was downloaded, by an address within the page.
 */
export function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    permissionsPolicy: {
      camera: [],
      microphone: [],
      geolocation: [],
      encryptedMedia: ['self'],
      autoplay: ['self'],
    },
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:'],
      mediaSrc: ["'self'", 'blob:', 'data:'],
      connectSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}
