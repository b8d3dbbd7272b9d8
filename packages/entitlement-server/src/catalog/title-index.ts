import { isKeyId, type KeyId } from '@secure-player/protocol';

import { invalidConfiguration } from '../entitlement-server-error.js';
import { ProblemError } from '../http/problem-error.js';
import { parseMediaPath } from '../media/media-path.js';
import { requireUsableKeyPolicy, requireUsablePolicy } from './require-usable-policy.js';
import { requireUsableRegions } from './require-usable-regions.js';
import { SYSTEM_NAMES } from './system-name.js';
import type { Title } from './title.js';

/** What one license may hold. */
const MAX_KEYS = 256;

/** The titles by everything a request may name them by. */
export class TitleIndex {
  readonly #byId = new Map<string, Title>();
  readonly #byKeyId = new Map<KeyId, Title>();

  /** Where players find the titles' directories; it ends with a slash. */
  readonly mediaUrl: string;

  constructor(titles: readonly Title[], mediaUrl: string) {
    this.mediaUrl = mediaUrl;
    for (const [index, title] of titles.entries()) {
      const field = `titles[${index}]`;
      requireUsableTitle(title, field);
      if (this.#byId.has(title.id)) throw invalidConfiguration(`${field}.id`, 'is taken by another title');

      this.#byId.set(title.id, title);
      for (const [keyIndex, { keyId }] of title.keys.entries()) {
        // A license request names key ids only: one that two titles share would open the wrong one.
        if (this.#byKeyId.has(keyId))
          throw invalidConfiguration(`${field}.keys[${keyIndex}].keyId`, 'is used twice');
        this.#byKeyId.set(keyId, title);
      }
    }
  }

  /** Every title, in the order of the configuration. */
  all(): readonly Title[] {
    return [...this.#byId.values()];
  }

  /** The title with this content id, or the problem that there is none. */
  require(contentId: string): Title {
    const title = this.find(contentId);
    if (title === undefined) throw new ProblemError('content-not-found');
    return title;
  }

  /** The title with this content id. */
  find(contentId: string): Title | undefined {
    return this.#byId.get(contentId);
  }

  /** The title a key belongs to. */
  findByKeyId(keyId: KeyId): Title | undefined {
    return this.#byKeyId.get(keyId);
  }
}

function requireUsableTitle(title: Title, field: string): void {
  if (title.id === '') throw invalidConfiguration(`${field}.id`, 'must not be empty');
  if (title.streams.length === 0)
    throw invalidConfiguration(`${field}.streams`, 'must list at least one stream');

  if (title.keys.length > MAX_KEYS)
    throw invalidConfiguration(`${field}.keys`, `must list at most ${MAX_KEYS} keys`);
  const { keySystems } = title;
  if (keySystems && !(keySystems.length > 0 && keySystems.every((name) => SYSTEM_NAMES.includes(name)))) {
    throw invalidConfiguration(`${field}.keySystems`, `must list one or more of ${SYSTEM_NAMES.join(', ')}`);
  }
  if (title.regions !== undefined) requireUsableRegions(title.regions, `${field}.regions`);
  if (title.policy !== undefined) requireUsablePolicy(title.policy, `${field}.policy`);

  for (const [index, { keyId, policy = {} }] of title.keys.entries()) {
    requireUsableKeyPolicy(policy, `${field}.keys[${index}].policy`);
    if (!isKeyId(keyId)) {
      throw invalidConfiguration(`${field}.keys[${index}].keyId`, 'must be 32 lower-case hexadecimal digits');
    }
  }
  const paths: [string, string][] = [
    ['directory', title.directory],
    ['poster', title.poster],
    ['thumbnails', title.thumbnails],
    ...title.streams.map(({ path }, index): [string, string] => [`streams[${index}].path`, path]),
  ];
  for (const [name, path] of paths) {
    if (parseMediaPath(path) === null) {
      throw invalidConfiguration(
        `${field}.${name}`,
        'must be a relative path of plain names with forward slashes',
      );
    }
  }
}
