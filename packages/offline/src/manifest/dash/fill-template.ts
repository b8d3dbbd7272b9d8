import { ManifestError } from '../manifest-error.js';

/** What the identifiers of a template stand for (ISO/IEC 23009-1 table 20). */
export interface TemplateValues {
  readonly RepresentationID: string;
  readonly Bandwidth: number;
  readonly Number?: number | undefined;
  readonly Time?: number | undefined;
}

const IDENTIFIER = /\$(?:(RepresentationID|Bandwidth|Number|Time)(?:%0(\d+)d)?)?\$/g;
/** More digits than any number that is exact has. */
const MAX_WIDTH = 32;

/** The URL that a `SegmentTemplate` makes, relative as it is written. `$$` is a dollar sign. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(IDENTIFIER, (_, name?: keyof TemplateValues, width?: string) => {
    if (name === undefined) return '$';

    const value = values[name];
    if (value === undefined) {
      throw new ManifestError('malformed', `A SegmentTemplate names $${name}$, which has no value there.`);
    }
    return String(value).padStart(Math.min(Number(width ?? 0), MAX_WIDTH), '0');
  });
}
