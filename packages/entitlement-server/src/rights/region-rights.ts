import type { Title } from '../catalog/title.js';

/** Whether a title may be watched in a region. Where it may not be watched everywhere, an unknown region is refused. */
export function isRegionAllowed({ regions }: Pick<Title, 'regions'>, region: string | null): boolean {
  if (regions === undefined) return true;
  if (region === null) return false;

  const { allow, block } = regions;
  return (allow?.includes(region) ?? true) && !(block?.includes(region) ?? false);
}
