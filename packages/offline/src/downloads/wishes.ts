import type { Source } from '@secure-player/core';

import { packName, packOfGeneration } from '../packs/pack-name.js';
import type { TitleRow } from '../titles/title-row.js';
import type { DownloadPreferences, StartOptions } from './downloads.js';

/** What a page gives, as it can be kept. */
export interface WantedTitle extends Pick<TitleRow, 'sealedKeys'> {
  readonly source: Source & { readonly id: string };
}

/** A title that was not here before. */
export async function newTitle(
  { source, sealedKeys }: WantedTitle,
  { priority = 0, ...preferences }: StartOptions,
  addedAt: number,
): Promise<TitleRow> {
  return {
    id: source.id,
    intent: 'download',
    source,
    sealedKeys,
    preferences: withoutUndefined(preferences),
    priority,
    addedAt,
    generation: 1,
    pack: await packName(source.id),
    lastPack: null,
    lastProtection: null,
    isComplete: false,
    wasComplete: false,
    receivedBytes: 0,
    plan: null,
    error: null,
  };
}

/**
 * A title that is here and is wanted again: it goes on, by what the page says of it now. Where other tracks are wanted it
 * begins anew, beside what is whole.
 */
export function wantAgain(
  row: TitleRow,
  { source, sealedKeys }: WantedTitle,
  { priority = row.priority, ...options }: StartOptions,
): TitleRow {
  const preferences = withoutUndefined(options);
  const isSame =
    Object.keys(preferences).length === 0 || JSON.stringify(preferences) === JSON.stringify(row.preferences);
  const wanted: TitleRow = {
    ...row,
    intent: 'download',
    source,
    // What the downloads say of a title, which a page may give back, has none; and a version that is whole needs its own.
    sealedKeys: [
      ...sealedKeys,
      ...row.sealedKeys.filter(({ name }) => !sealedKeys.some((key) => key.name === name)),
    ],
    priority,
    error: null,
  };
  if (isSame) return wanted;

  return nextGeneration({ ...wanted, preferences });
}

/** A title that is being removed is wanted again: as a new one, in another pack, for the last is on its way out. */
export function wantInstead(removed: TitleRow, fresh: TitleRow): TitleRow {
  const generation = removed.generation + 1;
  return { ...fresh, generation, pack: packOfGeneration(fresh.pack, generation) };
}

/** Begins anew; a version that was whole stays until the new one is. */
export function nextGeneration(row: TitleRow): TitleRow {
  const generation = row.generation + 1;
  return {
    ...row,
    generation,
    pack: packOfGeneration(row.pack, generation),
    lastPack: row.wasComplete ? row.pack : row.lastPack,
    lastProtection: row.wasComplete ? (row.plan?.protection ?? null) : row.lastProtection,
    isComplete: false,
    wasComplete: false,
    receivedBytes: 0,
    plan: null,
  };
}

/** A part of it is not what was stored: that part is fetched again. */
export function wantRepair(row: TitleRow, pack: string, damagedBytes: number): TitleRow | undefined {
  if (row.pack !== pack || row.intent === 'remove') return undefined;
  return {
    ...row,
    // What is whole was wanted; the pause of what is not goes on.
    intent: row.isComplete ? 'download' : row.intent,
    isComplete: false,
    receivedBytes: Math.max(row.receivedBytes - damagedBytes, 0),
  };
}

function withoutUndefined(preferences: DownloadPreferences): DownloadPreferences {
  return Object.fromEntries(Object.entries(preferences).filter(([, value]) => value !== undefined));
}
