import { fileURLToPath } from 'node:url';

import type { Title } from '@secure-player/entitlement-server';
import type { Plugin } from 'vite';

import { STORY_KEY_SEED } from './story-key-seed.js';

const MEDIA_ROOT = fileURLToPath(new URL('../../.cache/storybook-media', import.meta.url));
const MODULE = 'virtual:story-titles';
const RESOLVED = `\0${MODULE}`;

let prepared: Promise<readonly Title[]> | undefined;

/** The films of the stories, packaged once. */
async function prepareStoryTitles(): Promise<readonly Title[]> {
  // Only where it is used: Storybook loads its configuration for other purposes too.
  const { prepareTitles } = await import('demo/server');
  return prepareTitles({ mediaRoot: MEDIA_ROOT, keySeed: STORY_KEY_SEED });
}

/** Their folders, for Storybook to serve and to copy: those of earlier versions may lie beside them. */
export async function storyMedia(): Promise<{ from: string; to: string }[]> {
  const titles = await (prepared ??= prepareStoryTitles());
  return titles.map(({ directory }) => ({ from: `${MEDIA_ROOT}/${directory}`, to: `/media/${directory}` }));
}

/** What the server in the page knows of them. No key is in it. */
export function storyTitles(): Plugin {
  return {
    name: 'story-titles',
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    load: async (id) =>
      id === RESOLVED
        ? `export const titles = ${JSON.stringify(await (prepared ??= prepareStoryTitles()))};`
        : null,
  };
}
