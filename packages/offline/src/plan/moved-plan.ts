import type { PlannedResource, TitlePlan } from './planned-title.js';

/**
 * The plan of a title whose addresses are others by now, such as signed ones: what it is made of is kept under the names that it
 * had, and fetched from where it is. `null` where it is made of something else.
 *
 * What tells resources apart then is their path, as seen from the manifest and without its query: a redirect may have put a token
 * before it, and the server one behind it. Whether the bytes are the same is for who fetches them to see.
 */
export function movedPlan(kept: TitlePlan, now: TitlePlan): TitlePlan | null {
  const [names, present] = [kept, now].map(namesOf);
  if (names === undefined || present === undefined) return null;
  const isSame = names.length === present.length && names.every((name, place) => name === present[place]);
  // Two of one name differ by their queries alone, which then say which is which.
  if (!isSame || new Set(names).size < names.length) return null;
  // Keys are kept with the license, by their addresses: another one would be asked for where they were.
  if (kept.keyUrls.join(' ') !== now.keyUrls.join(' ')) return null;

  const resources = kept.resources.map((resource, place) => ({
    ...resource,
    address: now.resources[place]?.url ?? resource.url,
  }));
  return { ...kept, resources };
}

function namesOf({ manifest, resources }: TitlePlan): string[] {
  return resources.map((resource) => nameFrom(manifest.finalUrl, resource));
}

function nameFrom(manifestUrl: string, { url, range }: PlannedResource): string {
  const part = range === null ? '' : `#${range.start}-${range.end}`;
  const [manifest, target] = [new URL(manifestUrl), new URL(url)];
  if (manifest.origin !== target.origin) return `${target.origin}${target.pathname}${part}`;

  const [from, to] = [manifest, target].map(({ pathname }) => pathname.split('/'));
  const folders = (from ?? []).slice(0, -1);
  const path = to ?? [];
  const apart = folders.findIndex((folder, depth) => folder !== path[depth]);
  const shared = apart < 0 ? folders.length : apart;
  return `${'../'.repeat(folders.length - shared)}${path.slice(shared).join('/')}${part}`;
}
