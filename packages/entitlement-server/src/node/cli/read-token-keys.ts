import type { TokenKey } from '../../license-server/license-token.js';
import type { Configuration } from './configuration-schema.js';
import type { Secrets } from './secret-reference.js';

/** Reads the secrets of the keys that tokens are signed with. */
export async function readTokenKeys(
  keys: NonNullable<Configuration['tokenKeys']>,
  secrets: Secrets,
): Promise<TokenKey[]> {
  return Promise.all(
    keys.map(async ({ id, secret }, index) => ({
      id,
      secret: await secrets.bytes(secret, `tokenKeys[${index}].secret`),
    })),
  );
}
