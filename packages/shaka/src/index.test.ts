/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';

import * as adapter from './index.js';

const sources = Object.entries(
  import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./testing/**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

it('exports these values, and no others', () => {
  expect(Object.keys(adapter).sort()).toEqual(['createShakaEngineFactory', 'createShakaPrefetcher']);
});

describe('Shaka Player', () => {
  it('is imported in one place, and not before a title needs it', () => {
    const importing = sources.filter(([, text]) => text.includes("'shaka-player"));

    expect(importing.map(([path]) => path)).toEqual(['./load-shaka.ts']);
    expect(importing[0]?.[1]).not.toMatch(/from 'shaka-player/);
  });

  it('lends no type to a published declaration', () => {
    for (const [, text] of sources) expect(text).not.toMatch(/:\s*shaka\.|<shaka\.|typeof shaka\b/);
  });
});
