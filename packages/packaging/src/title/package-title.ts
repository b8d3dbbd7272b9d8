import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { addFairPlayPssh } from '../init-segment/add-fairplay-pssh.js';
import { deriveTitleKeys, titleKeyId, type TitleKey } from '../keys/title-keys.js';
import { linkSwitchableSets } from '../manifests/link-switchable-sets.js';
import { nameFairPlayKeys } from '../manifests/name-fairplay-keys.js';
import { orderRenditions } from '../manifests/order-renditions.js';
import { signalProtection } from '../manifests/signal-protection.js';
import { firstLightMezzanine } from '../mezzanine/first-light.js';
import type { KeyLabel, Mezzanine, MezzanineVideo } from '../mezzanine/mezzanine.js';
import { MANIFESTS, packagerArguments, type PackagingFormat } from '../packager/packager-arguments.js';
import { findPackager, type PackagerProgram } from '../packager/packager-program.js';
import { runPackager } from '../packager/run-packager.js';
import type { PackagedTitle, TitleDocument } from './packaged-title.js';
import { publishTitle, readTitle, removeAbandonedDrafts, TITLE_FILE } from './title-cache.js';
import { selectVideos } from './select-videos.js';
import { fingerprintTitle } from './title-fingerprint.js';

/** How far {@link packageTitle} is. `message` is a few words for people. */
export interface PackagingProgress {
  readonly completed: number;
  readonly total: number;
  readonly message: string;
}

/** Options of {@link packageTitle}. */
export interface PackageTitleOptions {
  /** The content id: lower-case letters, digits and dashes. The key ids follow from it. */
  readonly id: string;
  /** Titles are kept here, one folder each. It is made if it does not exist. */
  readonly outputRoot: string;
  /** The secret that content keys are derived from; at least 30 bytes. The license server has the same. */
  readonly keySeed: Uint8Array;
  /** @default {@link firstLightMezzanine} */
  readonly mezzanine?: Mezzanine | undefined;
  /** Heights of the video renditions to include, of which one must be SD. @default all */
  readonly renditions?: readonly number[] | undefined;
  readonly onProgress?: ((progress: PackagingProgress) => void) | undefined;
  /** Stops Packager and removes what it wrote; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What packaging works on once the options are checked. */
interface TitleJob {
  readonly id: string;
  readonly mezzanine: Mezzanine;
  readonly videos: readonly MezzanineVideo[];
  readonly keySeed: Uint8Array;
  readonly program: PackagerProgram;
  readonly report: (completed: number, message: string) => void;
  readonly signal: AbortSignal | undefined;
}

const STEPS = 3;
/**
 * Encrypts and segments a title into DASH (cenc), HLS and DASH (cbcs), with its poster, thumbnails and subtitles. A
 * second call with the same inputs finds the first one's folder; calls at the same time, in any process, end with one
 * and the same folder. Rejects with a {@link PackagingError}, or with the signal's reason.
 */
export async function packageTitle(options: PackageTitleOptions): Promise<PackagedTitle> {
  const { id, keySeed, signal, mezzanine = firstLightMezzanine() } = options;
  const videos = selectVideos(options, mezzanine);
  signal?.throwIfAborted();
  const program = await findPackager();
  const fingerprint = await fingerprintTitle({
    id,
    mezzanine,
    heights: videos.map(({ height }) => height),
    keySeed,
    packagerVersion: program.version,
  });
  const outputRoot = resolve(options.outputRoot);
  const directory = join(outputRoot, `${id}-${fingerprint.slice(0, 16)}`);
  const report = (completed: number, message: string): void =>
    options.onProgress?.({ completed, total: STEPS, message });

  const finished = await readTitle(directory);
  if (finished !== null) {
    // What may be left here are keys.
    await removeAbandonedDrafts(outputRoot);
    report(STEPS, 'Already packaged');
    return finished;
  }
  const job: TitleJob = { id, mezzanine, videos, keySeed, program, report, signal };
  const title = await publishTitle(outputRoot, directory, (draft) => fillFolder(job, draft));
  report(STEPS, 'Packaged');
  return title;
}

async function fillFolder(job: TitleJob, draft: string): Promise<void> {
  const labels: KeyLabel[] = ['AUDIO', ...new Set(job.videos.map(({ keyLabel }) => keyLabel))];
  const keys = await deriveTitleKeys(job.id, labels, job.keySeed);

  job.report(0, 'Encrypting for DASH');
  await encrypt(job, draft, 'cenc', keys);
  await edit(draft, MANIFESTS.dash, (mpd) => linkSwitchableSets(signalProtection(mpd, ['clear-key'])));

  job.report(1, 'Encrypting for HLS');
  await encrypt(job, draft, 'cbcs', keys);
  await edit(draft, MANIFESTS.dashCbcs, (mpd) =>
    linkSwitchableSets(signalProtection(mpd, ['clear-key', 'fairplay'])),
  );
  const languages = job.mezzanine.audio.map(({ language }) => language);
  await edit(draft, MANIFESTS.hls, (playlist) => orderRenditions(playlist, languages));
  for (const stream of protectedStreams(job)) {
    job.signal?.throwIfAborted();
    await addFairPlay(job, draft, stream);
  }

  job.report(2, 'Adding pictures and subtitles');
  await copyExtras(job.mezzanine, draft);
  await writeFile(join(draft, TITLE_FILE), `${JSON.stringify(describeTitle(job), null, 2)}\n`);
  job.signal?.throwIfAborted();
}

function encrypt(
  { mezzanine, videos, program, signal }: TitleJob,
  draft: string,
  format: PackagingFormat,
  keys: readonly TitleKey[],
): Promise<void> {
  return runPackager({
    program,
    workingDirectory: draft,
    arguments: packagerArguments(format, mezzanine, videos),
    keys,
    signal,
  });
}

function protectedStreams({ videos, mezzanine }: TitleJob): { name: string; label: KeyLabel }[] {
  return [
    ...videos.map(({ height, keyLabel }) => ({ name: `video-${height}`, label: keyLabel })),
    ...mezzanine.audio.map(({ language }) => ({
      name: `audio-${language}`,
      label: 'AUDIO' as const,
    })),
  ];
}

async function addFairPlay(
  job: TitleJob,
  draft: string,
  { name, label }: { name: string; label: KeyLabel },
): Promise<void> {
  const keyId = titleKeyId(job.id, label);
  await edit(draft, `hls/${name}.m3u8`, (playlist) => nameFairPlayKeys(playlist, keyId));
  const initSegment = join(draft, 'hls', name, 'init.mp4');
  await writeFile(initSegment, addFairPlayPssh(await readFile(initSegment), keyId));
}

async function edit(draft: string, path: string, change: (text: string) => string): Promise<void> {
  const file = join(draft, path);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

async function copyExtras(mezzanine: Mezzanine, draft: string): Promise<void> {
  const { poster, thumbnails, subtitles } = mezzanine;
  const files = [poster, thumbnails.image, thumbnails.index, ...subtitles.map(({ file }) => file)];
  await Promise.all(files.map((file) => copyFile(join(mezzanine.directory, file), join(draft, file))));
}

function describeTitle({ id, mezzanine, videos }: TitleJob): TitleDocument {
  const hasHd = videos.some(({ keyLabel }) => keyLabel === 'HD');
  return {
    id,
    durationSeconds: mezzanine.durationSeconds,
    keyIds: {
      AUDIO: titleKeyId(id, 'AUDIO'),
      SD: titleKeyId(id, 'SD'),
      ...(hasHd && { HD: titleKeyId(id, 'HD') }),
    },
    streams: [
      { format: 'dash', type: 'dash', path: MANIFESTS.dash },
      { format: 'dash-cbcs', type: 'dash', path: MANIFESTS.dashCbcs },
      { format: 'hls', type: 'hls', path: MANIFESTS.hls },
    ],
    poster: mezzanine.poster,
    thumbnails: mezzanine.thumbnails.index,
    renditions: videos.map(({ width, height, keyLabel }) => ({ width, height, keyLabel })),
    audio: mezzanine.audio.map(({ language, label }) => ({ language, label })),
    subtitles: mezzanine.subtitles.map(({ language, label, file }) => ({
      language,
      label,
      path: file,
    })),
  };
}
