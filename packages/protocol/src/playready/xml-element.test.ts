import { describe, expect, it } from 'vitest';
import { escapeXmlText, readXmlElement } from './xml-element.js';

describe('readXmlElement', () => {
  it('reads elements, attributes, text and what is between the tags', () => {
    const root = readXmlElement(
      ` <a  x = "1" y:z='"2"'>one<!-- <no> --> <b></b><c/>two</a > <!-- end -->`,
      'header',
    );

    expect(root).toMatchObject({ name: 'a', text: 'one two', offset: 1 });
    expect(root.innerXml).toBe('one<!-- <no> --> <b></b><c/>two');
    expect([...root.attributes]).toEqual([
      ['x', '1'],
      ['y:z', '"2"'],
    ]);
    expect(root.children.map(({ name, innerXml }) => [name, innerXml])).toEqual([
      ['b', ''],
      ['c', ''],
    ]);
  });

  it('decodes the entities of XML and character references, once', () => {
    const { text, attributes } = readXmlElement(
      '<a q="&quot;&apos;">&lt;&gt;&amp;lt;&#65;&#x1F600;</a>',
      'header',
    );

    expect(text).toBe('<>&lt;A😀');
    expect(attributes.get('q')).toBe(`"'`);
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unsupported', 0],
    ['an entity declared inside', '<a><!ENTITY b "c"></a>', 'unsupported', 3],
    ['CDATA', '<a><![CDATA[b]]></a>', 'unsupported', 3],
    ['a processing instruction', '<?xml version="1.0"?><a></a>', 'unsupported', 0],
    ['an unknown entity', '<a>&nbsp;</a>', 'malformed', 3],
    ['an entity without its end', '<a>&amp</a>', 'malformed', 3],
    ['a bare ampersand', '<a>b & c</a>', 'malformed', 3],
    ['a character beyond Unicode', '<a>&#x110000;</a>', 'malformed', 3],
    ['the character 0', '<a>&#0;</a>', 'malformed', 3],
    ['an entity named like a method', '<a>&constructor;</a>', 'malformed', 3],
    ['an attribute twice', '<a b="1" b="2"></a>', 'malformed', 0],
    ['an attribute without quotes', '<a b=1></a>', 'malformed', 0],
    ['a less-than sign in an attribute', '<a b="<"></a>', 'malformed', 0],
    ['tags that cross', '<a><b></a></b>', 'malformed', 6],
    ['a closing tag alone', '</a>', 'malformed', 0],
    ['two roots', '<a></a><b></b>', 'malformed', 7],
    ['text before the root', 'b<a></a>', 'malformed', 0],
    ['text after the root', '<a></a>b', 'malformed', 7],
    ['nothing', '', 'truncated', 0],
    ['a comment and nothing else', '<!-- a -->', 'truncated', 10],
    ['a comment without its end', '<a><!-- b', 'truncated', 3],
    ['a comment without its end, around tags', '<a><!-- b</a>', 'malformed', 3],
    ['a tag without its end', '<a><b', 'truncated', 3],
    ['an element without its end', '<a><b></b>', 'truncated', 10],
    ['an element nested too deep', '<a>'.repeat(33), 'malformed', 96],
  ])('refuses %s', (_, xml, code, offset) => {
    expect(() => readXmlElement(xml, 'header')).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: 'header', offset }),
    );
  });

  it.each([
    ['attributes', `<a ${'b="1" '.repeat(50_000)}`],
    ['white space', `<a ${' '.repeat(300_000)}`],
    ['white space in an attribute', `<a b${' '.repeat(300_000)}c`],
    ['names', `<${'a'.repeat(300_000)}`],
    ['openings of comments', '<!--'.repeat(75_000)],
    ['openings of tags', '<a '.repeat(100_000)],
    ['ampersands', `<a>${'&'.repeat(300_000)}</a>`],
    ['quotes', `<a b=${'"'.repeat(300_000)}`],
  ])('is not slowed down by a record full of %s', (_, xml) => {
    const start = performance.now();

    expect(() => readXmlElement(xml, 'header')).toThrow(expect.objectContaining({ name: 'ProtocolError' }));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('escapeXmlText', () => {
  it('writes text that reads back', () => {
    const text = `https://license.example/?a=1&b=<"2">&lt;\r'`;

    expect(escapeXmlText('a&b<c>d\r')).toBe('a&amp;b&lt;c&gt;d&#xD;');
    expect(readXmlElement(`<a>${escapeXmlText(text)}</a>`, 'header').text).toBe(text);
  });
});
