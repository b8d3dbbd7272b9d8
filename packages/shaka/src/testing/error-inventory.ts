import {
  EME_ERROR_TABLE,
  HTTP_ERROR_TABLE,
  PROBLEM_ERROR_TABLE,
  type PlaybackErrorCode,
} from '@secure-player/core';
import { MEDIA_ERROR_TABLE } from '@secure-player/core/dom';

import { SHAKA_CODE_TABLE } from '../shaka-code-table.js';
import type { RealShaka } from './real-shaka.js';

/** One thing that can go wrong outside of the kit, and the code that it means. */
export interface ErrorCause {
  readonly origin: 'Shaka Player' | 'EME' | 'problem code' | 'HTTP' | 'MediaError';
  /** What it happened to: a category, a method, the purpose of a request. */
  readonly subject: string;
  readonly name: string;
  readonly code: PlaybackErrorCode;
}

/** Every row of every table that the kit names failures by: the tables themselves, and no copy. */
export function listErrorCauses(shaka: RealShaka): ErrorCause[] {
  const names = new Map(Object.entries(shaka.util.Error.Code).map(([name, number]) => [number, name]));

  return [
    ...Object.entries(SHAKA_CODE_TABLE).flatMap(([code, numbers]) =>
      numbers.map((number) => ({
        origin: 'Shaka Player' as const,
        subject: String(number),
        name: names.get(number) ?? '',
        code: code as PlaybackErrorCode,
      })),
    ),
    ...toCauses('EME', EME_ERROR_TABLE),
    ...toCauses('problem code', { '': PROBLEM_ERROR_TABLE }),
    ...toCauses('HTTP', HTTP_ERROR_TABLE),
    ...toCauses('MediaError', { '': MEDIA_ERROR_TABLE }),
  ];
}

function toCauses(
  origin: ErrorCause['origin'],
  table: Readonly<Record<string, Readonly<Record<string, PlaybackErrorCode>>>>,
): ErrorCause[] {
  return Object.entries(table).flatMap(([subject, row]) =>
    Object.entries(row).map(([name, code]) => ({ origin, subject, name, code })),
  );
}
