import { invalidConfiguration } from '../entitlement-server-error.js';
import { isRegionCode } from './region-code.js';
import type { TitleRegions } from './title.js';

/** Refuses regions that say two things at once, nothing, or something that no client can be in. */
export function requireUsableRegions({ allow, block }: TitleRegions, field: string): void {
  if ((allow === undefined) === (block === undefined)) {
    throw invalidConfiguration(field, 'must have either allow or block');
  }
  const [name, codes] = allow === undefined ? ['block', block ?? []] : ['allow', allow];
  if (codes.length === 0) throw invalidConfiguration(`${field}.${name}`, 'must list at least one region');

  for (const [index, code] of codes.entries()) {
    if (!isRegionCode(code)) {
      throw invalidConfiguration(
        `${field}.${name}[${index}]`,
        'must be a code of ISO 3166-1 in upper case, such as GB',
      );
    }
  }
}
