#!/usr/bin/env node
/**
 * Remakes the committed mezzanine: the short film "First Light", drawn, scored and spoken by this script.
 * Needs ffmpeg (with libx264) and espeak-ng, and `npm run build` in this package before. Takes about five minutes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readTestPattern } from '../dist/index.js';
import { createFilm, HEIGHT, WIDTH } from './first-light/film.mjs';
import { NARRATION, speak, timestamp, toWebVtt } from './first-light/narration.mjs';
import { DURATION } from './first-light/palette.mjs';
import { composeScore, narrate, SAMPLE_RATE } from './first-light/score.mjs';

const FRAME_RATE = 25;
const SEGMENT_SECONDS = 4;
const FRAMES = DURATION * FRAME_RATE;
const RENDITIONS = [
  { width: 416, height: 234, kilobits: 90, profile: 'main' },
  { width: 640, height: 360, kilobits: 165, profile: 'main' },
  { width: 1280, height: 720, kilobits: 310, profile: 'high' },
];
const AUDIO_KILOBITS = 48;
const POSTER_TIME = 11.2;
const THUMBNAIL = { width: 160, height: 90, columns: 4 };
const LIMIT_BYTES = 6_000_000;

const output = fileURLToPath(new URL('../mezzanine/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'first-light-'));
try {
  mkdirSync(output, { recursive: true });
  makeSound();
  makeStills();
  await drawFilm();
  for (const rendition of RENDITIONS) encode(rendition);
  for (const rendition of RENDITIONS) await verify(rendition);
  reportSizes();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Command line words; for values without spaces. */
function words(text) {
  return text.split(' ');
}

function ffmpeg(args, options) {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], {
    stdio: ['pipe', 'inherit', 'inherit'],
    ...options,
  });
}

function makeSound() {
  const score = composeScore();
  const input = words(`-f f32le -ar ${SAMPLE_RATE} -ac 2 -i - -af loudnorm=I=-20:TP=-2:LRA=9`);
  const encoding = words(
    `-ar ${SAMPLE_RATE} -t ${DURATION} -c:a aac -profile:a aac_low -b:a ${AUDIO_KILOBITS}k`,
  );
  for (const language of Object.keys(NARRATION)) {
    const lines = speak(language);
    const sound = interleave(narrate(score, lines));
    const file = join(output, `audio-${language}.mp4`);
    ffmpeg([...input, ...encoding, '-fflags', '+bitexact', file], { input: Buffer.from(sound.buffer) });
    writeFileSync(join(output, `subtitles-${language}.vtt`), toWebVtt(lines));
  }
}

function interleave([left, right]) {
  const stereo = new Float32Array(left.length * 2);
  for (let index = 0; index < left.length; index += 1) stereo.set([left[index], right[index]], index * 2);
  return stereo;
}

/** Poster and thumbnails show the film alone, without the bar. */
function makeStills() {
  const film = createFilm();
  const raw = (frame) => Buffer.from(Uint8ClampedArray.from(frame));
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', '1', '-i', '-'];
  ffmpeg([...input, '-frames:v', '1', '-q:v', '4', join(output, 'poster.jpg')], {
    input: raw(film.paint(POSTER_TIME)),
  });

  const times = Array.from({ length: DURATION / SEGMENT_SECONDS }, (_, index) => index * SEGMENT_SECONDS);
  const rows = Math.ceil(times.length / THUMBNAIL.columns);
  ffmpeg(
    [
      ...input,
      ...[
        '-vf',
        `scale=${THUMBNAIL.width}:${THUMBNAIL.height}:flags=area,tile=${THUMBNAIL.columns}x${rows}`,
        '-frames:v',
        '1',
        '-q:v',
        '5',
      ],
      join(output, 'thumbnails.jpg'),
    ],
    { input: Buffer.concat(times.map((time) => raw(film.paint(time + SEGMENT_SECONDS / 2)))) },
  );

  const cues = times.map((time, index) => {
    const x = (index % THUMBNAIL.columns) * THUMBNAIL.width;
    const y = Math.floor(index / THUMBNAIL.columns) * THUMBNAIL.height;
    return `${timestamp(time)} --> ${timestamp(time + SEGMENT_SECONDS)}\nthumbnails.jpg#xywh=${x},${y},${THUMBNAIL.width},${THUMBNAIL.height}\n`;
  });
  writeFileSync(join(output, 'thumbnails.vtt'), `WEBVTT\n\n${cues.join('\n')}`);
}

/** Two workers draw half of the film each. */
async function drawFilm() {
  let drawn = 0;
  const parts = [0, 1].map((part) => {
    const worker = new Worker(new URL('first-light/draw-part.mjs', import.meta.url), {
      workerData: {
        from: (part * FRAMES) / 2,
        to: ((part + 1) * FRAMES) / 2,
        frameRate: FRAME_RATE,
        outputs: RENDITIONS.map(({ width, height }) => ({
          width,
          height,
          path: join(scratch, `${height}-${part}.mkv`),
        })),
      },
    });
    worker.on('message', () => {
      drawn += 1;
      if (drawn % 100 === 0) console.log(`drawn ${drawn} of ${FRAMES} frames`);
    });
    return new Promise((resolve, reject) => worker.once('error', reject).once('exit', resolve));
  });
  await Promise.all(parts);
}

/** Two passes, so that the size is known beforehand; closed groups of pictures that start where segments will. */
function encode({ height, kilobits, profile }) {
  const list = join(scratch, `${height}.txt`);
  writeFileSync(list, `file '${height}-0.mkv'\nfile '${height}-1.mkv'\n`);
  const input = [...words('-f concat -safe 0 -i'), list, '-an'];
  const gop = SEGMENT_SECONDS * FRAME_RATE;
  const x264 = `keyint=${gop}:min-keyint=${gop}:scenecut=0:open-gop=0:aq-mode=3`;
  const rate = `-b:v ${kilobits}k -maxrate ${Math.round(kilobits * 1.6)}k -bufsize ${kilobits * 3}k`;
  const color = '-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709';
  const log = ['-passlogfile', join(scratch, String(height))];
  const shared = words(`-c:v libx264 -profile:v ${profile} ${rate} -x264-params ${x264} ${color}`);

  ffmpeg([...input, ...shared, ...log, ...words('-preset medium -pass 1 -f null -')]);
  const file = join(output, `video-${height}.mp4`);
  ffmpeg([
    ...input,
    ...shared,
    ...log,
    ...words('-preset slower -pass 2 -fflags +bitexact -movflags +faststart'),
    file,
  ]);
}

/** Every frame that a decoder gives must name its own rendition and time, or the film is of no use to tests. */
async function verify({ width, height }) {
  const decoder = spawn(
    'ffmpeg',
    ['-v', 'error', '-i', join(output, `video-${height}.mp4`), '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const size = width * height * 4;
  const problems = [];
  let rest = Buffer.alloc(0);
  let frames = 0;
  for await (const chunk of decoder.stdout) {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= size; rest = rest.subarray(size), frames += 1) {
      const reading = readTestPattern({ width, height, data: rest.subarray(0, size) });
      const expected = Math.floor((frames / FRAME_RATE) * 10 + 1e-6) / 10;
      if (reading.height !== height || reading.seconds !== expected)
        problems.push({ frame: frames, expected, ...reading });
    }
  }
  console.log(`${height}p: ${frames} frames decoded, ${frames - problems.length} read right`);
  if (frames !== FRAMES || problems.length > 0)
    throw new Error(`the pattern cannot be read: ${JSON.stringify(problems.slice(0, 5))}`);
}

function reportSizes() {
  const sizes = readdirSync(output).map((name) => [name, statSync(join(output, name)).size]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [name, size] of sizes) console.log(`${name.padEnd(22)}${String(size).padStart(9)}`);
  console.log(`${'total'.padEnd(22)}${String(total).padStart(9)}`);
  if (total > LIMIT_BYTES)
    throw new Error(`the mezzanine is larger than ${LIMIT_BYTES} bytes: lower the bit rates`);
}
