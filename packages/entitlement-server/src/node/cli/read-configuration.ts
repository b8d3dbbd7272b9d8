import { readFile } from 'node:fs/promises';

import * as v from 'valibot';
import { LineCounter, isNode, parseDocument, visit, type Document } from 'yaml';

import { ConfigurationFault, type ConfigurationProblem } from './configuration-fault.js';
import { configurationSchema, type Configuration } from './configuration-schema.js';
import { licenseServerSchema, type LicenseServerConfiguration } from './license-server-schema.js';

/** Reads a configuration file, of whichever role it says. Rejects with a {@link ConfigurationFault} that lists everything wrong with it. */
export async function readConfiguration(path: string): Promise<Configuration | LicenseServerConfiguration> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationFault([
      { field: '', message: `The file cannot be read (${error.code ?? 'unknown'}).` },
    ]);
  });
  return parseConfiguration(text);
}

/** The same for the text of a file: YAML 1.2, of which JSON is a part. */
function parseConfiguration(text: string): Configuration | LicenseServerConfiguration {
  const lineCounter = new LineCounter();
  // Pretty messages would quote the lines around a mistake.
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigurationFault(
      document.errors.map(({ message, pos }) => ({
        field: '',
        message: `This is not YAML: ${message}`,
        line: lineCounter.linePos(pos[0]).line,
      })),
    );
  }

  const isLicenseServer = document.get('role') === 'license-server';
  const written = toValue(document, lineCounter);
  const result = v.safeParse(isLicenseServer ? licenseServerSchema : configurationSchema, written, {
    message: (issue) =>
      describeIssue(issue, isLicenseServer ? '--print-license-server-example' : '--print-example'),
  });
  if (result.success) return result.output;

  throw new ConfigurationFault(
    result.issues.map((issue): ConfigurationProblem => {
      const keys = (issue.path ?? []).map(({ key }) => key as string | number);
      const field = toField(keys);
      return { field, message: issue.message, line: lineOf(keys) };
    }),
  );

  /** The line of an option, or of the nearest one around it that is there. */
  function lineOf(keys: readonly (string | number)[]): number | undefined {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return undefined;
  }
}

const LOST_ALIAS =
  'An alias (*) names no anchor (&) that comes before it; a text that begins with an asterisk wants quotes.';
const TOO_LARGE = 'Aliases (*) of aliases make it too large: write out what they stand for.';

/** Aliases are looked up only here, and the library's error about one repeats it. */
function toValue(document: Document, lineCounter: LineCounter): unknown {
  try {
    return document.toJS();
  } catch {
    const line = lineOfLostAlias(document, lineCounter);
    throw new ConfigurationFault([
      line === undefined ? { field: '', message: TOO_LARGE } : { field: '', message: LOST_ALIAS, line },
    ]);
  }
}

function lineOfLostAlias(document: Document, lineCounter: LineCounter): number | undefined {
  let line: number | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined || !alias.range) return undefined;
      line = lineCounter.linePos(alias.range[0]).line;
      return visit.BREAK;
    },
  });
  return line;
}

function toField(keys: readonly (string | number)[]): string {
  return keys.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    return field === '' ? key : `${field}.${key}`;
  }, '');
}

/** In place of valibot's own messages, which repeat what stands in the file. */
function describeIssue(issue: v.BaseIssue<unknown>, example: string): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `is no option here; ${example} shows all there are`;
  }
  if (issue.received === 'undefined') return `is missing; ${example} shows how it is written`;
  if (issue.type === 'non_empty') return 'must not be empty';
  if (issue.expected === null) return 'is not valid';
  return `must be ${issue.expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')}`;
}
