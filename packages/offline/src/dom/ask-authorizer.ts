import type { Authorizer, Source } from '@secure-player/core';

import type { AskPage } from '../worker/download-service.js';

/** How a download of a source asks the page for credentials; null where the page has none to give. */
export function askAuthorizer(
  authorizer: Pick<Authorizer, 'isConfigured' | 'asksForSegments' | 'headersFor'>,
  source: Source,
  signal: AbortSignal,
): AskPage {
  if (!authorizer.isConfigured()) return null;

  return async (purpose, url, reason) => {
    if (purpose === 'segment' && !authorizer.asksForSegments()) return {};

    return authorizer.headersFor({ purpose, url, source, reason, signal });
  };
}
