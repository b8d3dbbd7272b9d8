import { CDMS } from './cdms.js';
import { DEVIATIONS, type Deviation } from './exceptions.js';

const START =
  '<!-- contract exceptions: start. Written by `npx playwright test contract.spec.ts -g README --update-snapshots`. -->';
const END = '<!-- contract exceptions: end -->';

/** The exceptions of the browsers, as a table in Markdown that is formatted as the repository's formatter has it. */
function exceptionsTable(): string {
  const rows = DEVIATIONS.map((deviation) => [
    CDMS[deviation.cdm].title,
    deviation.breaks,
    deviation.sometimes ? `${deviation.instead} (Sometimes.)` : deviation.instead,
    shownBy(deviation),
  ]);
  return toMarkdown(['CDM', 'breaks', 'what it does instead', 'shown by'], rows);
}

/** The text with the table put between its two markers; null when it has no markers. */
export function withExceptionsTable(readme: string): string | null {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) return null;
  return `${readme.slice(0, start)}${START}\n\n${exceptionsTable()}\n\n${readme.slice(end)}`;
}

/** The name of the first contract, and how many others there are: they are all in `e2e/contract/exceptions.ts`. */
function shownBy({ shownBy: contracts }: Deviation): string {
  const [first = '', ...others] = Object.keys(contracts);
  return others.length > 0 ? `${first} (and ${others.length} more)` : first;
}

function toMarkdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((_, column) => Math.max(...escaped.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [top = [], ...body] = escaped;
  return [line(top), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
