import { createEntitlementApi, DEMO_PASSWORD, demoAccounts } from '@secure-player/entitlement-server/api';
import { titles } from 'virtual:story-titles';

import { passThroughNetwork } from './network.js';
import { STORY_KEY_SEED } from './story-key-seed.js';

/**
 * The entitlement server, within the page: the catalogue of stories then works from any folder that any server serves. Each
 * load of the page is a server of its own. Media lie beside the page, wherever that is.
 */
const api = createEntitlementApi({
  titles,
  mediaUrl: new URL(`${import.meta.env.BASE_URL}media/`, document.baseURI).pathname,
  keySeed: STORY_KEY_SEED,
  accounts: demoAccounts(),
  // No browser has scrypt, and everybody may read what there is to guess.
  passwords: { verify: async (password, hash) => hash !== null && password === DEMO_PASSWORD },
  virtualKeySystems: true,
  // So that stories of two devices have a limit to meet; other stories are of the account without one.
  plans: { basic: { streams: { limit: 1 } } },
  heartbeatSeconds: 2,
});

/** Answers the API's paths of this origin in place of a server; everything else goes where it went. */
export function serveInPage(): void {
  const fetchElsewhere = globalThis.fetch;

  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== location.origin) return fetchElsewhere(input, init);
    if (!api.handles(url.pathname)) {
      await passThroughNetwork(url, request.signal);
      return fetchElsewhere(input, init);
    }

    request.signal.throwIfAborted();
    const response = await api.app.fetch(request);
    request.signal.throwIfAborted();
    return response;
  };
}
