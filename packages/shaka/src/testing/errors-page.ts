import {
  ENGLISH_MESSAGES,
  ERROR_TABLE,
  PLAYBACK_ERROR_CODES,
  type PlaybackErrorCode,
} from '@secure-player/core';

import type { ErrorCause } from './error-inventory.js';

const HEAD = `# Errors

<!-- Written by \`npm run docs:errors\` from the tables that the kit itself uses. -->

Every failure is a \`PlaybackError\`. Branch on its \`code\`; \`recovery\` says what the viewer can do, and \`retryable\` whether
the same attempt can succeed without anything else changing. The viewer reads the words of the message catalogue, which
\`<SecurePlayerProvider messages={…}>\` replaces: \`ENGLISH_MESSAGES\` is the default, \`ARABIC_MESSAGES\` comes with the kit, and
\`createMessages(ENGLISH_MESSAGES, { errors: { unknown: { title: '…' } } })\` changes a part of one.

A page, its \`authorize\` or its backend may throw \`new PlaybackError(code)\` itself, with any of these codes.
`;

/** The page `docs/errors.md`, whole. */
export function writeErrorsPage(causes: readonly ErrorCause[]): string {
  return [
    HEAD,
    writeSummary(),
    ...PLAYBACK_ERROR_CODES.map((code) =>
      writeSection(
        code,
        causes.filter((cause) => cause.code === code),
      ),
    ),
  ].join('\n');
}

function writeSummary(): string {
  const rows = PLAYBACK_ERROR_CODES.map((code) => {
    const { recovery, retryable } = ERROR_TABLE[code];
    return `| [\`${code}\`](#${code}) | \`${recovery}\` | ${retryable ? 'yes' : 'no'} | ${ENGLISH_MESSAGES.errors[code].title} |\n`;
  });

  return `| code | recovery | retryable | the viewer reads |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function writeSection(code: PlaybackErrorCode, causes: readonly ErrorCause[]): string {
  const { explanation, recovery, retryable } = ERROR_TABLE[code];
  const { title, text } = ENGLISH_MESSAGES.errors[code];

  return `## ${code}

${explanation}

- **Viewer:** ${title}. ${text}
- **Recovery:** \`${recovery}\`${retryable ? '' : '; a retry cannot help'}
- **Comes from:** ${writeCauses(causes)}
`;
}

function writeCauses(causes: readonly ErrorCause[]): string {
  if (causes.length === 0) return 'the kit itself, or the page';

  const { Shaka, EME, HTTP, rest } = split(causes);
  return [
    ...(Shaka.length > 0 ? [`Shaka Player ${Shaka.map(nameOf).join(', ')}`] : []),
    ...bySubject(EME, (methods, names) => `${methods} by ${names}`),
    ...bySubject(HTTP, (purposes, names) => `a request for a ${purposes}: ${names}`),
    ...rest.map((cause) => `${cause.origin} ${nameOf(cause)}`),
  ].join('; ');
}

function split(causes: readonly ErrorCause[]) {
  const of = (origin: ErrorCause['origin']) => causes.filter((cause) => cause.origin === origin);
  const rest = [...of('problem code'), ...of('MediaError')];

  return { Shaka: of('Shaka Player'), EME: of('EME'), HTTP: of('HTTP'), rest };
}

/** One line for all subjects that have the same names. */
function bySubject(
  causes: readonly ErrorCause[],
  write: (subjects: string, names: string) => string,
): string[] {
  const subjects = [...new Set(causes.map(({ subject }) => subject))];
  const namesOf = (wanted: string) =>
    causes
      .filter(({ subject }) => subject === wanted)
      .map(nameOf)
      .join(', ');

  return [...new Set(subjects.map(namesOf))].map((names) =>
    write(
      subjects
        .filter((subject) => namesOf(subject) === names)
        .map((subject) => `\`${subject}\``)
        .join(', '),
      names,
    ),
  );
}

function nameOf({ origin, subject, name }: ErrorCause): string {
  if (origin === 'Shaka Player') return `${subject} ${name}`;
  if (origin === 'problem code') return `\`${name}\``;
  if (origin === 'EME' && name === 'other') return 'any other';
  if (origin === 'HTTP' && name === 'other') return 'any other answer';

  return name;
}
