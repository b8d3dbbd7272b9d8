import type { AnswerRow } from '../answers/answer-row.js';
import type { ByteRange } from '../manifest/media-track.js';
import type { PlannedResource } from '../plan/planned-title.js';

/** How much of a file is fetched at a time. More costs memory, less costs requests. */
export const PART_BYTES = 2 * 1024 * 1024;

/** A part of a resource that is not here. */
export interface MissingPart {
  readonly resource: PlannedResource;
  readonly range: ByteRange | null;
  /** Whether it is the first part of a file whose length it will tell. */
  readonly isProbe: boolean;
}

/**
 * What is still to be fetched of a resource, given all that is here of its file. Of a file whose length is not known yet
 * that is its first part; the rest is known when that has come.
 */
export function missingParts(resource: PlannedResource, rows: readonly AnswerRow[]): MissingPart[] {
  const intact = rows.filter(({ isDamaged }) => !isDamaged);
  if (intact.some(({ isWhole }) => isWhole)) return [];
  if (resource.kind === 'segment' && resource.range === null) return [whole(resource)];

  const fileBytes = intact.find((row) => row.fileBytes !== null)?.fileBytes ?? null;
  const range = resource.range ?? wholeFile(resource, fileBytes);
  if (range === null) return [whole(resource)];
  // A range may reach past the end of its file (RFC 9110, section 14.1.2).
  const last = fileBytes === null ? range.end : Math.min(range.end, fileBytes - 1);

  const isProbe = resource.range === null && fileBytes === null;
  const parts: MissingPart[] = [];
  let next = range.start;
  while (next <= last) {
    const here = intact.find(({ start, end }) => start <= next && end >= next);
    if (here) {
      next = here.end + 1;
      continue;
    }
    const behind = intact.filter(({ start }) => start > next).map(({ start }) => start - 1);
    const end = Math.min(next + PART_BYTES - 1, last, ...behind);
    parts.push({ resource, range: { start: next, end }, isProbe });
    next = end + 1;
  }
  return parts;
}

function whole(resource: PlannedResource): MissingPart {
  return { resource, range: null, isProbe: false };
}

function wholeFile({ kind }: PlannedResource, fileBytes: number | null): ByteRange | null {
  if (fileBytes !== null) return { start: 0, end: fileBytes - 1 };
  return kind === 'file' ? { start: 0, end: PART_BYTES - 1 } : null;
}
