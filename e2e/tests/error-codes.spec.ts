import { createProblem, type ProblemCode } from '@secure-player/protocol';
import type { PlaybackErrorCode, Source } from '@secure-player/react';
import type { Page } from '@playwright/test';

import { silentConsole } from '../support/error-secrets.js';
import { test } from '../support/fixtures.js';
import type { FaultResponse } from '../support/faults.js';

const MANIFEST = /^\/media\/.*\.mpd$/;
const SEGMENT = /^\/media\/.*\.m4s$/;
const LICENSE = /^\/license\//;

interface Case {
  readonly code: PlaybackErrorCode;
  /** How it comes about, for the title. */
  readonly by: string;
  /** Before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
  readonly fault?: readonly [path: RegExp, respond: FaultResponse];
  readonly change?: (source: Source) => Source;
}

const status = (code: number): FaultResponse => {
  return () => new Response('no', { status: code });
};
const problem = (code: ProblemCode): FaultResponse => {
  return () => {
    const document = createProblem(code);
    return Response.json(document, { status: document.status });
  };
};
const rewrite = (from: RegExp, to: string): FaultResponse => {
  return async (_, pass) => {
    const answer = await pass();
    return new Response((await answer.text()).replace(from, to), {
      headers: { 'content-type': answer.headers.get('content-type') ?? '' },
    });
  };
};
const inPage = (script: () => void) => (page: Page) => page.addInitScript(script);

const CASES: readonly Case[] = [
  { code: 'source-invalid', by: 'a source without a URL', change: (source) => ({ ...source, src: '' }) },
  { code: 'manifest-forbidden', by: 'a manifest with 403', fault: [MANIFEST, status(403)] },
  { code: 'manifest-unreachable', by: 'a manifest with 503', fault: [MANIFEST, status(503)] },
  {
    code: 'manifest-unsupported',
    by: 'a manifest that wants what no player has',
    fault: [MANIFEST, rewrite(/<Period/, '<EssentialProperty schemeIdUri="urn:example:x"/><Period')],
  },
  { code: 'segment-forbidden', by: 'segments with 403', fault: [SEGMENT, status(403)] },
  {
    code: 'media-unsupported',
    by: 'a browser without Media Source Extensions',
    before: inPage(() => {
      for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'])
        Object.defineProperty(window, name, { value: undefined });
    }),
  },
  {
    code: 'no-allowed-quality',
    by: 'a bound below every rendition',
    change: (source) => ({ ...source, caps: { maxHeight: 100 } }),
  },
  {
    code: 'engine-unavailable',
    by: 'an engine whose code does not come',
    before: (page) => page.route('**/shaka-player*', (route) => route.abort()),
  },
  {
    code: 'drm-disabled',
    by: 'a browser with protected content switched off',
    before: inPage(() => {
      Object.defineProperty(Navigator.prototype, 'requestMediaKeySystemAccess', { value: undefined });
    }),
  },
  {
    code: 'drm-blocked',
    by: 'a page that may not play protected content',
    before: (page) =>
      page.route('**/harness/index.html', async (route) => {
        const answer = await route.fetch();
        const headers = { ...answer.headers(), 'permissions-policy': 'encrypted-media=()' };
        await route.fulfill({ response: answer, headers });
      }),
  },
  {
    code: 'drm-insecure-context',
    by: 'a page that is not secure',
    before: inPage(() => {
      Object.defineProperty(window, 'isSecureContext', { value: false });
    }),
  },
  {
    code: 'drm-configuration-missing',
    by: 'an encrypted title without `drm`',
    change: (source) => ({ ...source, drm: undefined }),
  },
  { code: 'session-expired', by: 'a sign-in that is over', fault: [LICENSE, problem('session-expired')] },
  { code: 'plan-insufficient', by: 'a plan without it', fault: [LICENSE, problem('plan-insufficient')] },
  { code: 'content-not-found', by: 'a title that is gone', fault: [LICENSE, problem('content-not-found')] },
];

for (const { code, by, before, fault, change } of CASES) {
  test(`${by}: ${code}`, async ({ page, player, site }) => {
    const secrets = await silentConsole(page, site);
    if (before) {
      await before(page);
      await player.open();
    }
    if (fault) site.faults.inject(...fault);
    await player.play('premium', change && { change });

    const error = await player.expectError(code);
    await secrets.expectNone(error);
  });
}
