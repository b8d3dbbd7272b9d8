/** Addresses of the site's own pages, with their queries: all that the service worker answers with the shell. */
export const SHELL_PAGES: RegExp[] = [
  /^\/(?:\?|$)/,
  /^\/(?:watch\/[a-z0-9-]+|downloads|sign-in|plans)\/?(?:\?|$)/,
];
