import { SYSTEM_NAMES } from '../../../catalog/system-name.js';
import type { UpstreamGrant } from '../../license-upstream.js';
import type { UpstreamAdapter } from '../upstream-adapter.js';

/** Makes a token for one request to the built-in license server; asked again for every attempt. */
export type MintToken = (grant: UpstreamGrant) => string | Promise<string>;

/** The license server of this package: a Bearer token. */
export function builtInAdapter(mintToken: MintToken): UpstreamAdapter {
  return {
    systems: SYSTEM_NAMES,
    tellsTenant: true,
    async prepare({ grant }) {
      return { headers: { Authorization: `Bearer ${await mintToken(grant)}` } };
    },
  };
}
