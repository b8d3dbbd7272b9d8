import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadKeySeed } from './key-seed.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-seed-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('loadKeySeed', () => {
  it('makes a random seed for its owner only, and finds it again', async () => {
    const file = join(folder, 'cache/key-seed');
    const seed = await loadKeySeed(file);

    expect(seed).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await loadKeySeed(file)).toEqual(seed);
    expect(await loadKeySeed(join(folder, 'other'))).not.toEqual(seed);
  });

  it('gives one seed to servers that start at once, and leaves no draft', async () => {
    const file = join(folder, 'key-seed');
    const seeds = await Promise.all(Array.from({ length: 8 }, () => loadKeySeed(file)));

    for (const seed of seeds) expect(seed).toEqual(seeds[0]);
    expect(await readdir(folder)).toEqual(['key-seed']);
  });

  it('refuses a damaged one and says what to do', async () => {
    const file = join(folder, 'key-seed');
    await writeFile(file, 'short');

    await expect(loadKeySeed(file)).rejects.toThrow(/damaged.*Delete it/);
  });
});
