import { PROBLEM_CODES, PROBLEM_MEANINGS, type ProblemCode } from '@secure-player/protocol';

import { ERROR_TABLE } from '../error/error-table.js';
import { PROBLEM_ERROR_TABLE } from '../error/problem-error.js';

const HEAD = `# Problems

<!-- Written by \`npm run docs:errors\` from the tables that the server and the player themselves use. -->

Every error of the entitlement server is an RFC 9457 document, \`application/problem+json\`, whose \`type\` is
\`urn:secure-player:problem:<code>\`. Branch on its \`code\`: the title is for people and may be reworded. A request that breaks
its schema also has \`errors\`, with the field and what is wrong with it; no problem repeats a value that was sent.
Which operation answers with which codes is in the server's own \`GET /v1/openapi.json\`.

The last three columns are what the player makes of a problem: the code of its \`PlaybackError\`, which
[errors.md](errors.md) explains, what the viewer can do, and whether the same attempt can succeed without anything else
changing. Where \`license-refused\` and \`license-server-error\` stand and the request was for no license, the error is the one of
that request.
`;

/** The page `docs/problems.md`, whole. */
export function writeProblemsPage(): string {
  const rows = (Object.keys(PROBLEM_CODES) as ProblemCode[]).map(writeRow);

  return [
    HEAD,
    '| code | status | title | what it means | player error | recovery | retryable |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function writeRow(code: ProblemCode): string {
  const { status, title } = PROBLEM_CODES[code];
  const playbackCode = PROBLEM_ERROR_TABLE[code];
  const { recovery, retryable } = ERROR_TABLE[playbackCode];
  const error = `[\`${playbackCode}\`](errors.md#${playbackCode})`;

  return `| \`${code}\` | ${status} | ${title} | ${PROBLEM_MEANINGS[code]} | ${error} | \`${recovery}\` | ${retryable ? 'yes' : 'no'} |`;
}
