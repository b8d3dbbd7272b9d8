import { describe, expect, it } from 'vitest';
import { signalProtection } from './signal-protection.js';

const MPD = `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:cenc="urn:mpeg:cenc:2013">
  <Period>
    <AdaptationSet>
      <ContentProtection value="cenc" schemeIdUri="urn:mpeg:dash:mp4protection:2011" cenc:default_KID="abba271e-8bcf-552b-bd2e-86a434a9a5d9"/>
      <Label>Español</Label>
    </AdaptationSet>
    <AdaptationSet contentType="text"/>
  </Period>
</MPD>
`;
const CLEAR_KEY =
  '<ContentProtection schemeIdUri="urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e" value="ClearKey1.0" cenc:default_KID="abba271e-8bcf-552b-bd2e-86a434a9a5d9"/>';

describe('signalProtection', () => {
  it('adds one line after the generic protection and changes nothing else', () => {
    const lines = signalProtection(MPD, ['clear-key']).split('\n');
    const added = lines.findIndex((line) => line.includes('e2719d58'));

    expect(lines[added]).toBe(`      ${CLEAR_KEY}`);
    expect(lines.filter((_, index) => index !== added).join('\n')).toBe(MPD);
  });

  it('adds every system that it is asked for', () => {
    const signaled = signalProtection(MPD, ['clear-key', 'fairplay']);
    expect(signaled).toContain(CLEAR_KEY);
    expect(signaled).toContain('urn:uuid:94ce86fb-07ff-4f43-adb8-93d2fa968ca2');
  });

  it('refuses a manifest without protection, which must never be served', () => {
    const unprotected = MPD.replace(/ *<ContentProtection.*\n/, '');
    expect(() => signalProtection(unprotected, ['clear-key'])).toThrow(
      expect.objectContaining({ code: 'unexpected-output' }),
    );
  });
});
