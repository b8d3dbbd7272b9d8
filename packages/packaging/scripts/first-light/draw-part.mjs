import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { createFilm, HEIGHT, WIDTH } from './film.mjs';
import { createRendition } from './rendition.mjs';

/** Draws frames `from` to `to` of the film and writes them, without loss, to one file a rendition. */
const { from, to, frameRate, outputs } = workerData;
const film = createFilm();
const sinks = outputs.map(({ width, height, path }) => ({
  rendition: createRendition({ width, height, from: { width: WIDTH, height: HEIGHT } }),
  encoder: spawn(
    'ffmpeg',
    [
      ...[
        '-v',
        'error',
        '-y',
        '-f',
        'rawvideo',
        '-pix_fmt',
        'rgba',
        '-s',
        `${width}x${height}`,
        '-r',
        String(frameRate),
        '-i',
        '-',
      ],
      ...[
        '-vf',
        'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-qp',
        '0',
        path,
      ],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  ),
}));

for (let index = from; index < to; index += 1) {
  const frame = film.paint(index / frameRate);
  for (const { rendition, encoder } of sinks) {
    const { data } = rendition.draw(frame, index / frameRate);
    // The rendition reuses its picture for the next frame, the pipe may still hold this one.
    if (!encoder.stdin.write(Buffer.from(data))) await once(encoder.stdin, 'drain');
  }
  parentPort.postMessage(index);
}
for (const { encoder } of sinks) {
  encoder.stdin.end();
  const [code] = await once(encoder, 'close');
  if (code !== 0) throw new Error(`ffmpeg stopped with code ${code}`);
}
