import { expect, it } from 'vitest';

import { nameAudioPurposes, type XmlNode } from './name-audio-purposes.js';

const ROLE = 'urn:mpeg:dash:role:2011';
const PURPOSE = 'urn:tva:metadata:cs:AudioPurposeCS:2007';

function node(
  tagName: string,
  children: XmlNode['children'],
  attributes: XmlNode['attributes'] = {},
): XmlNode {
  return { tagName, attributes, children, parent: null };
}

const descriptor = (tagName: string, schemeIdUri: string, value: string) =>
  node(tagName, [], { schemeIdUri, value });

function rolesOf(...descriptors: XmlNode[]): (string | undefined)[] {
  const set = node('AdaptationSet', ['\n', ...descriptors]);
  nameAudioPurposes(node('MPD', [node('Period', ['\n', set])]));

  return set.children
    .filter((child) => typeof child !== 'string')
    .filter(({ attributes }) => attributes['schemeIdUri'] === ROLE)
    .map(({ attributes }) => attributes['value']);
}

it.each([
  ['1', 'description'],
  ['2', 'enhanced-audio-intelligibility'],
  ['9', 'spoken-subtitles'],
])('gives sound of purpose %s the role %s', (purpose, role) => {
  const alternate = descriptor('Role', ROLE, 'alternate');

  expect(rolesOf(alternate, descriptor('Accessibility', PURPOSE, purpose))).toEqual(['alternate', role]);
});

it('leaves alone what has the role already, and what says nothing of a purpose', () => {
  const described = descriptor('Accessibility', PURPOSE, '1');

  expect(rolesOf(descriptor('Role', ROLE, 'description'), described)).toEqual(['description']);
  expect(rolesOf(descriptor('Accessibility', PURPOSE, '3'))).toEqual([]);
  expect(rolesOf(descriptor('Accessibility', 'urn:scte:dash:cc:cea-608:2015', '1'))).toEqual([]);
});
