import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstLightMezzanine } from './first-light.js';
import { filesOf } from './mezzanine.js';

const mezzanine = firstLightMezzanine();

describe('the First Light mezzanine', () => {
  it('has every file it names, and no other', () => {
    expect(readdirSync(mezzanine.directory).sort()).toEqual(filesOf(mezzanine).sort());
  });

  it('stays below 6 MB', () => {
    const sizes = filesOf(mezzanine).map((file) => statSync(join(mezzanine.directory, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
  });

  it('has a thumbnail for every four seconds, inside a sprite of 640 by 360', () => {
    const index = readFileSync(join(mezzanine.directory, mezzanine.thumbnails.index), 'utf8');
    const parts = [...index.matchAll(/^thumbnails\.jpg#xywh=(\d+),(\d+),160,90$/gm)];
    const places = parts.map(([, x, y]) => `${x},${y}`);

    expect(new Set(places).size).toBe(16);
    expect(parts.every(([, x, y]) => Number(x) <= 480 && Number(y) <= 270)).toBe(true);
    expect(index).toContain('00:01:00.000 --> 00:01:04.000');
  });

  it('has the same number of subtitles in both languages, in order and within the film', () => {
    const [english, spanish] = mezzanine.subtitles.map(({ file }) =>
      cueTimes(readFileSync(join(mezzanine.directory, file), 'utf8')),
    );

    expect(english).toHaveLength(8);
    expect(spanish).toHaveLength(8);
    for (const times of [english?.flat() ?? [], spanish?.flat() ?? []]) {
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.at(-1)).toBeLessThan(mezzanine.durationSeconds);
    }
  });
});

function cueTimes(vtt: string): number[][] {
  return [...vtt.matchAll(/(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)/g)].map((match) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = match.slice(1).map(Number);
    return [a * 3600 + b * 60 + c, d * 3600 + e * 60 + f];
  });
}
