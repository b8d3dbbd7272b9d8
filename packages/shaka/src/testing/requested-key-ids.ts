import { readPsshBoxes } from '@secure-player/protocol';

import type { RequestedKeyIds } from '../init-data-forms.js';

/** Reads boxes that list key ids themselves. */
export const readRequestedKeyIds: RequestedKeyIds = ({ initData }) => {
  try {
    return readPsshBoxes(initData ?? new Uint8Array()).flatMap(({ keyIds }) => keyIds);
  } catch {
    return [];
  }
};
