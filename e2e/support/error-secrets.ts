import type { PlaybackErrorDocument } from '@secure-player/core';
import { expect, type Page } from '@playwright/test';

import type { KeyGroup, Site } from './site.js';

const GROUPS: readonly KeyGroup[] = ['AUDIO', 'SD', 'HD'];

/** What is kept watch over from now on. */
export interface SecretWatch {
  /** Checks an error, the document that shows it and all that the console has heard. */
  expectNone(error: PlaybackErrorDocument): Promise<void>;
}

/** Listens to the console of a page, so that what went by on it can be searched for secrets of the site. */
export async function silentConsole(page: Page, site: Site): Promise<SecretWatch> {
  const heard: string[] = [];
  const tokens: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  page.on('request', (request) => {
    const token = request.headers()['authorization']?.replace(/^Bearer /, '');
    if (token) tokens.push(token);
  });
  const keys = await Promise.all(GROUPS.map((group) => site.contentKey('first-light', group)));

  return {
    async expectNone(error) {
      const secrets = [
        ...tokens,
        ...keys.flatMap(({ key }) => ['hex', 'base64', 'base64url'].map((form) => encode(key, form))),
        ...site.licenses,
      ];
      const document = JSON.stringify(error);

      for (const text of [document, heard.join('\n'), await page.content()]) {
        for (const secret of secrets) expect(text.includes(secret), 'a secret of the site').toBe(false);
      }
      expect(document).not.toMatch(/https?:\/\/[^/]+\/[^…]/);
      expect(document).not.toMatch(/\/(?:license|media)\//);
    },
  };
}

function encode(key: Uint8Array, form: string): string {
  return Buffer.from(key).toString(form as BufferEncoding);
}
