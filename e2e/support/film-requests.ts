import type { Page } from '@playwright/test';

/** Paths of what a page asks servers for from now on, in order; its code aside. What is on this device is asked of nobody. */
export function filmRequests(page: Page): readonly string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith('http') && !pathname.endsWith('.js')) paths.push(pathname);
  });

  return paths;
}
