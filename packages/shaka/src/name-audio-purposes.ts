/** `shaka.extern.xml.Node`. */
export interface XmlNode {
  tagName: string;
  attributes: Record<string, string>;
  children: (XmlNode | string)[];
  parent: XmlNode | null;
}

const ROLE_SCHEME = 'urn:mpeg:dash:role:2011';

/** DVB's scheme (A168 table 5): what each term is called as a role. */
const PURPOSE_SCHEME = 'urn:tva:metadata:cs:AudioPurposeCS:2007';
const PURPOSE_ROLES: Readonly<Record<string, string>> = {
  '1': 'description',
  '2': 'enhanced-audio-intelligibility',
  '9': 'spoken-subtitles',
};

/**
 * Shaka's `manifestPreprocessorTXml`: gives sound whose purpose is told in DVB's words the role that means it. Shaka chooses
 * by roles, and would else take such sound for that of the film.
 */
export function nameAudioPurposes(node: XmlNode): void {
  const children = node.children.filter((child) => typeof child !== 'string');
  if (node.tagName !== 'AdaptationSet') {
    for (const child of children) nameAudioPurposes(child);
    return;
  }

  const valuesOf = (scheme: string) =>
    children
      .filter(({ tagName }) => tagName === 'Role' || tagName === 'Accessibility')
      .filter(({ attributes }) => attributes['schemeIdUri'] === scheme)
      .map(({ attributes }) => attributes['value'] ?? '');
  const known = valuesOf(ROLE_SCHEME);
  for (const value of valuesOf(PURPOSE_SCHEME)) {
    const role = PURPOSE_ROLES[value];
    if (role === undefined || known.includes(role)) continue;

    const attributes = { schemeIdUri: ROLE_SCHEME, value: role };
    node.children.push({ tagName: 'Accessibility', attributes, children: [], parent: node });
  }
}

/** What Shaka is configured with so that it tells sound apart by its purpose. */
export const AUDIO_PURPOSE_CONFIGURATION = {
  manifest: { dash: { manifestPreprocessorTXml: nameAudioPurposes } },
};
