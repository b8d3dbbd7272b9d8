import { isSameBytes } from '@secure-player/core';

import type { TitleProtection, TitleRow } from './title-row.js';

/** What a license is asked for by so that what is on its way can be played, and what is whole until then goes on to be. */
export function wantedProtection(
  present: TitleProtection | null,
  { lastPack, lastProtection }: Pick<TitleRow, 'lastPack' | 'lastProtection'>,
): TitleProtection | null {
  const last = lastPack === null ? null : lastProtection;
  if (!present || !last) return present ?? last;

  return {
    initData: [...present.initData, ...last.initData].filter(
      ({ type, data }, index, all) =>
        all.findIndex((other) => other.type === type && isSameBytes(other.data, data)) === index,
    ),
    keyIds: [...new Set([...present.keyIds, ...last.keyIds])],
    keyUrls: [...new Set([...present.keyUrls, ...last.keyUrls])],
  };
}
