import type { LicenseRecord } from './license-record.js';
import type { LicensedTitle } from './offline-licenses.js';

/** Whether it has all the keys that a title now needs: other tracks may be wanted than before. */
export function covers({ holder, urlKeys }: LicenseRecord, title: LicensedTitle): boolean {
  if (!title.keyUrls.every((url) => urlKeys.some(({ name }) => name === url))) return false;

  switch (holder.mode) {
    case 'none':
      return title.keyIds.length === 0;
    case 'vault':
      return title.keyIds.every((keyId) => holder.keys.some(({ name }) => name === keyId));
    case 'persistent': {
      const held = new Set(holder.sessions.flatMap(({ keyIds }) => keyIds));
      return title.keyIds.every((keyId) => held.has(keyId));
    }
    case 'online-license':
      return true;
    default:
      return holder satisfies never;
  }
}
