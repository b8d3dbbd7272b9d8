import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keyIdToBytes, writeEmbeddedKeys, type KeyId } from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';
import { linkSwitchableSets } from '../manifests/link-switchable-sets.js';
import { firstLightMezzanine } from '../mezzanine/first-light.js';
import type { KeyLabel, Mezzanine, MezzanineVideo } from '../mezzanine/mezzanine.js';
import {
  describeAudio,
  describeVideo,
  SEGMENT_SECONDS,
  type PackagingFormat,
} from '../packager/packager-arguments.js';
import { findPackager, type PackagerProgram } from '../packager/packager-program.js';
import { runPackager } from '../packager/run-packager.js';
import { selectVideos } from '../title/select-videos.js';
import { publishTitle, readTitle, removeAbandonedDrafts, TITLE_FILE } from '../title/title-cache.js';
import { fingerprintTitle } from '../title/title-fingerprint.js';
import { embedKeys, readSegmentKeyId, setDefaultKeyId } from './embed-keys.js';
import { deriveFirstKeys, deriveLeafKeys, deriveRootKey } from './leaf-keys.js';
import { readContentTypes } from './read-content-types.js';
import type { RotatingStream, RotatingTitle, RotatingTitleDocument } from './rotating-title.js';
import { signalRootKey } from './signal-root-key.js';

/** Options of {@link packageRotatingTitle}. */
export interface PackageRotatingTitleOptions {
  /** The content id: lower-case letters, digits and dashes. The key ids follow from it. */
  readonly id: string;
  /** Titles are kept here, one folder each. It is made if it does not exist. */
  readonly outputRoot: string;
  /** The secret that the root key and the leaf keys are derived from; at least 30 bytes. */
  readonly keySeed: Uint8Array;
  /** @default {@link firstLightMezzanine} */
  readonly mezzanine?: Mezzanine | undefined;
  /** Heights of the video renditions to include, of which one must be SD. @default all */
  readonly renditions?: readonly number[] | undefined;
  /** @default 'cenc' */
  readonly scheme?: PackagingFormat | undefined;
  /**
   * How long a key lasts, in whole seconds, at least one segment's 4. A period ends with the first segment that begins
   * after it; Packager goes by decoding times, which lie a little before the picture's.
   * @default 8
   */
  readonly periodSeconds?: number | undefined;
  /** Stops Packager and removes what it wrote; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What packaging works on once the options are checked. */
interface RotatingJob {
  readonly id: string;
  readonly keySeed: Uint8Array;
  readonly mezzanine: Mezzanine;
  readonly videos: readonly MezzanineVideo[];
  readonly scheme: PackagingFormat;
  readonly periodSeconds: number;
  readonly program: PackagerProgram;
  readonly signal: AbortSignal | undefined;
}

const MANIFEST = 'manifest.mpd';
const FOLDER = 'media';
const DEFAULT_PERIOD_SECONDS = 8;

/**
 * Packages a title as DASH whose keys change, for tests of key rotation: init segments and the manifest name a root key, each
 * segment's `moof` holds a `pssh` box with its leaf key wrapped under that root key. Leaf keys follow Packager's own rule for
 * raw keys, which is for testing only. A second call with the same inputs finds the first one's folder. Rejects with a
 * {@link PackagingError}, or with the signal's reason.
 */
export async function packageRotatingTitle(options: PackageRotatingTitleOptions): Promise<RotatingTitle> {
  const { id, keySeed, signal, mezzanine = firstLightMezzanine(), scheme = 'cenc' } = options;
  const { periodSeconds = DEFAULT_PERIOD_SECONDS } = options;
  const videos = selectVideos(options, mezzanine);
  if (!Number.isInteger(periodSeconds) || periodSeconds < SEGMENT_SECONDS) {
    throw new PackagingError(
      'invalid-options',
      `\`periodSeconds\` must be a whole number of seconds, ${SEGMENT_SECONDS} or more.`,
    );
  }
  signal?.throwIfAborted();
  const program = await findPackager();
  const fingerprint = await fingerprintTitle({
    id,
    mezzanine,
    heights: videos.map(({ height }) => height),
    keySeed,
    packagerVersion: program.version,
    variant: `rotating ${scheme} ${periodSeconds}`,
  });
  const outputRoot = resolve(options.outputRoot);
  const directory = join(outputRoot, `${id}-${fingerprint.slice(0, 16)}`);
  const job: RotatingJob = { id, keySeed, mezzanine, videos, scheme, periodSeconds, program, signal };

  const finished = await readTitle<RotatingTitleDocument>(directory);
  if (finished !== null) {
    // What may be left here are keys.
    await removeAbandonedDrafts(outputRoot);
    return finished;
  }
  return publishTitle<RotatingTitleDocument>(outputRoot, directory, (draft) => fillFolder(job, draft));
}

async function fillFolder(job: RotatingJob, draft: string): Promise<void> {
  await encrypt(job, draft);
  const root = await deriveRootKey(job.id, job.keySeed);
  const boxes = await makeBoxes(job, root);
  const manifest = join(draft, MANIFEST);
  const mpd = await readFile(manifest, 'utf8');
  await writeFile(manifest, linkSwitchableSets(signalRootKey(mpd, root.keyId, job.scheme)));

  const contentTypes = readContentTypes(mpd);
  const streams: RotatingStream[] = [];
  for (const stream of listStreams(job)) {
    job.signal?.throwIfAborted();
    const contentType = contentTypes.get(`${stream.path}/init.mp4`);
    if (contentType === undefined) {
      throw new PackagingError(
        'unexpected-output',
        'Shaka Packager wrote a manifest without one of the streams.',
      );
    }
    const keyIds = await rewriteStream(join(draft, stream.path), root.keyId, boxes);
    streams.push({ ...stream, contentType, keyIds });
  }
  const document: RotatingTitleDocument = {
    id: job.id,
    durationSeconds: job.mezzanine.durationSeconds,
    scheme: job.scheme,
    path: MANIFEST,
    rootKeyId: root.keyId,
    streams,
  };
  await writeFile(join(draft, TITLE_FILE), `${JSON.stringify(document, null, 2)}\n`);
  job.signal?.throwIfAborted();
}

async function encrypt(job: RotatingJob, draft: string): Promise<void> {
  const { mezzanine, videos, scheme, periodSeconds, program, signal } = job;
  const labels = new Set<KeyLabel>(['AUDIO', ...videos.map(({ keyLabel }) => keyLabel)]);
  const keys = await deriveFirstKeys(job.id, job.keySeed);
  await runPackager({
    program,
    workingDirectory: draft,
    arguments: [
      ...videos.map((video) => describeVideo(mezzanine, video, FOLDER)),
      ...mezzanine.audio.map((track) => describeAudio(mezzanine, track, FOLDER)),
      `--protection_scheme=${scheme}`,
      '--protection_systems=CommonSystem',
      `--segment_duration=${SEGMENT_SECONDS}`,
      `--crypto_period_duration=${periodSeconds}`,
      '--clear_lead=0',
      '--generate_static_live_mpd',
      '--io_cache_size=0',
      `--default_language=${mezzanine.audio[0]?.language ?? 'und'}`,
      `--mpd_output=${MANIFEST}`,
    ],
    keys: keys.filter(({ label }) => labels.has(label)),
    signal,
  });
}

/** One box for each leaf key: a player that meets it again, in the next segment or another rendition, knows it. */
async function makeBoxes(
  { id, keySeed }: RotatingJob,
  root: { keyId: KeyId; key: Uint8Array },
): Promise<Map<KeyId, Uint8Array>> {
  const leaves = await deriveLeafKeys(id, keySeed);
  const boxes = leaves.map(async (leaf) => {
    const box = await writeEmbeddedKeys({ rootKeyId: root.keyId, rootKey: root.key, keys: [leaf] });
    return [leaf.keyId, box] as const;
  });
  return new Map(await Promise.all(boxes));
}

function listStreams({ videos, mezzanine }: RotatingJob): Omit<RotatingStream, 'contentType' | 'keyIds'>[] {
  return [
    ...videos.map(({ height, keyLabel }) => ({
      kind: 'video' as const,
      label: keyLabel,
      path: `${FOLDER}/video-${height}`,
      height,
    })),
    ...mezzanine.audio.map(({ language }) => ({
      kind: 'audio' as const,
      label: 'AUDIO' as const,
      path: `${FOLDER}/audio-${language}`,
      language,
    })),
  ];
}

/** Gives the leaf key of each segment, in order. */
async function rewriteStream(
  folder: string,
  rootKeyId: KeyId,
  boxes: ReadonlyMap<KeyId, Uint8Array>,
): Promise<KeyId[]> {
  const init = join(folder, 'init.mp4');
  await writeFile(init, setDefaultKeyId(await readFile(init), keyIdToBytes(rootKeyId)));

  const count = (await readdir(folder)).filter((name) => name.endsWith('.m4s')).length;
  const keyIds: KeyId[] = [];
  for (let number = 1; number <= count; number += 1) {
    const file = join(folder, `${number}.m4s`);
    const segment = await readFile(file);
    const keyId = readSegmentKeyId(segment);
    const box = boxes.get(keyId);
    if (box === undefined) {
      throw new PackagingError('unexpected-output', 'Shaka Packager rotated keys by another rule.');
    }
    await writeFile(file, embedKeys(segment, box));
    keyIds.push(keyId);
  }
  return keyIds;
}
