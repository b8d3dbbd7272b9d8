import { deriveContentKey } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';
import { TEST_KEY_SEED } from '../testing/key-seed.js';
import { deriveTitleKeys, titleKeyId } from './title-keys.js';

describe('title keys', () => {
  it('gives the key ids that titles already packaged have', () => {
    expect(titleKeyId('first-light', 'AUDIO')).toBe('d71dce16537a8386b3b157b11872612e');
    expect(titleKeyId('first-light', 'SD')).toBe('f2ba2f703c218882bff61998ea483691');
    expect(titleKeyId('first-light', 'HD')).toBe('1a4f03b222088ffa965091f4e6052714');
  });

  it('marks key ids as UUIDs of version 8', () => {
    for (const id of ['a', 'first-light', '2001']) {
      expect(titleKeyId(id, 'SD')).toMatch(/^[0-9a-f]{12}8[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    }
  });

  it('gives every title and label its own key id', () => {
    const ids = ['a', 'b'].flatMap((id) => [titleKeyId(id, 'SD'), titleKeyId(id, 'HD')]);
    expect(new Set(ids).size).toBe(4);
  });

  it('derives keys from the seed as a license server does', async () => {
    const [key] = await deriveTitleKeys('first-light', ['HD'], TEST_KEY_SEED);

    expect(key?.label).toBe('HD');
    expect(key?.key).toEqual(await deriveContentKey(TEST_KEY_SEED, titleKeyId('first-light', 'HD')));
  });
});
