import { describe, expect, it } from 'vitest';
import { linkSwitchableSets } from './link-switchable-sets.js';

const SWITCHING = 'schemeIdUri="urn:mpeg:dash:adaptation-set-switching:2016"';
const mpd = (first: string, second: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">
  <Period>
    <AdaptationSet id="0" contentType="video">
      <SupplementalProperty schemeIdUri="urn:mpeg:mpegB:cicp:TransferCharacteristics" value="1"/>
      <SupplementalProperty ${SWITCHING} value="${first}"/>
    </AdaptationSet>
    <AdaptationSet id="1" contentType="video">
      <SupplementalProperty ${SWITCHING} value="${second}"/>
    </AdaptationSet>
    <AdaptationSet id="2" contentType="audio"/>
  </Period>
</MPD>
`;

describe('linkSwitchableSets', () => {
  it('makes sets name each other, and changes nothing else', () => {
    expect(linkSwitchableSets(mpd('4', '1'))).toBe(mpd('1', '0'));
  });

  it('leaves a manifest alone in which nothing is to be switched', () => {
    const plain = mpd('', '').replaceAll(/ *<SupplementalProperty .*switching.*\n/g, '');
    expect(linkSwitchableSets(plain)).toBe(plain);
  });
});
