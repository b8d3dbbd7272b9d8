import { Buffer } from 'node:buffer';

import type { Site } from '../support/site.js';
import type { ContractSettings } from './page/contract-environment.js';

/** What contracts play: a rendition of the film of the demo in standard definition, in both schemes. */
export async function contractSettings(site: Site): Promise<ContractSettings> {
  const title = site.titles.find(({ id }) => id === 'first-light');
  if (!title) throw new Error('The demo has no film to play.');

  const { keyId, key } = await site.contentKey(title.id, 'SD');
  const film = (folder: string) => ({
    contentType: 'video/mp4; codecs="avc1.4d401e"',
    initialization: `/media/${title.directory}/${folder}/video-360/init.mp4`,
    segment: `/media/${title.directory}/${folder}/video-360/{}.m4s`,
    segmentSeconds: 4,
    contentKey: { keyId, key: Buffer.from(key).toString('hex') },
  });
  return { keySystem: 'org.w3.clearkey', films: { cenc: film('dash'), cbcs: film('hls') } };
}
