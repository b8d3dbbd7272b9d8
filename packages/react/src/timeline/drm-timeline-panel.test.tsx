// @vitest-environment jsdom
import type { TimelineSink } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { ARABIC_DIAGNOSTICS } from './diagnostics-messages.js';
import { DrmTimelinePanel, type DrmTimelinePanelProps } from './drm-timeline-panel.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function setup(props: DrmTimelinePanelProps = {}) {
  const engines = createFakeEngines();
  render(
    <SecurePlayer source={{ src: '/a.mpd' }}>
      <DrmTimelinePanel {...props} />
    </SecurePlayer>,
    { wrapper: engines.wrapper },
  );
  await settle();
  const report = (tell: (timeline: TimelineSink) => void) =>
    act(() => tell(engines.current().options.timeline as TimelineSink));

  return { report };
}

const texts = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

describe('the panel', () => {
  it('says that there is nothing yet, and offers nothing to copy', async () => {
    await setup();

    expect(screen.getByRole('region', { name: 'DRM timeline' }).textContent).toContain('Nothing yet');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('lists each step with its session, its outcome and what is known of it', async () => {
    const { report } = await setup();
    report((timeline) => {
      timeline.begin('access', null, { keySystem: 'com.widevine.alpha' }).end('ok');
      timeline
        .begin('server', 's1', { attempt: 2, requestBytes: 555 })
        .end('failed', { httpStatus: 403, errorCode: 'license-refused' });
      timeline.begin('statuses', 's1');
    });

    expect(texts()).toEqual([
      expect.stringMatching(/^Access Done \d+ms.*com\.widevine\.alpha$/),
      expect.stringMatching(/^License server s1Failed .*Attempt 2HTTP 403555B sentlicense-refused$/),
      expect.stringMatching(/^Key statuses s1Under way $/),
    ]);
    expect(screen.getAllByRole('listitem').map(({ dataset }) => dataset['outcome'])).toEqual([
      'ok',
      'failed',
      'pending',
    ]);
  });

  it('speaks another language, from right to left', async () => {
    const { report } = await setup({ messages: ARABIC_DIAGNOSTICS, headingLevel: 3 });
    report((timeline) => timeline.begin('keys').end('ok'));
    const panel = screen.getByRole('region', { name: ARABIC_DIAGNOSTICS.title });

    expect(panel).toMatchObject({ dir: 'rtl', lang: 'ar' });
    expect(within(panel).getByRole('heading', { level: 3 })).toBeTruthy();
    expect(texts()).toEqual([expect.stringContaining(ARABIC_DIAGNOSTICS.steps.keys)]);
  });
});

describe('its export', () => {
  it('is copied, and that is told', async () => {
    const writeText = vi.fn(async (_text: string) => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    const { report } = await setup();
    report((timeline) => timeline.begin('access').end('ok'));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await settle();

    expect(JSON.parse(writeText.mock.calls[0]?.[0] ?? '')).toMatchObject({
      kind: 'drm-timeline',
      version: 1,
    });
    expect(screen.getByText('Copied').getAttribute('role')).toBe('status');
  });

  it('says so where the browser does not allow it', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } });
    const { report } = await setup();
    report((timeline) => timeline.begin('access').end('ok'));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await settle();

    expect(screen.getByText(/download it instead/)).toBeTruthy();
  });

  it('is a file', async () => {
    const clicked: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      clicked.push(`${this.download} ${this.href}`);
    });
    const given: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => {
          given.push(blob);
          return 'blob:timeline';
        },
        revokeObjectURL: () => {},
      }),
    );
    const { report } = await setup();
    report((timeline) => timeline.begin('access').end('ok'));
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));

    expect(clicked).toEqual(['drm-timeline.json blob:timeline']);
    expect(given[0]?.type).toBe('application/json');
  });
});
