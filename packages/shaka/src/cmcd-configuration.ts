import type { CmcdOptions, ResolvedSource } from '@secure-player/core';

/** Shaka's `cmcd` configuration; `{}` where nothing is to be told. */
export function createCmcdConfiguration(
  cmcd: boolean | CmcdOptions | undefined,
  { source }: ResolvedSource,
): object {
  if (!cmcd) return {};

  const { sessionId = '', contentId = source.id ?? '', useHeaders = false } = cmcd === true ? {} : cmcd;
  return { cmcd: { enabled: true, sessionId, contentId, useHeaders } };
}
