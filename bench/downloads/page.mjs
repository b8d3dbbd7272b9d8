// What the page of the bench can do, each from an empty start: it is a page of its own each time.
import { createDownloads } from '@secure-player/offline/dom';

/** Shaka Player, as a script of the page. @type {any} */
const shaka = Reflect.get(globalThis, 'shaka');
const MANIFEST = new URL('/title/film.mpd', location.href).href;

/** @type {Record<string, (argument: number) => Promise<number>>} Milliseconds, by what is measured. */
const runs = {
  kit: () =>
    timed(async () => {
      const downloads = createDownloads();
      const complete = new Promise((resolve, reject) => {
        downloads.subscribe(() => {
          const [download] = downloads.getState().downloads;
          if (download?.status === 'complete') resolve(undefined);
          if (download?.status === 'failed') reject(download.error);
        });
      });
      await downloads.start({ src: MANIFEST, id: 'film' });
      await complete;
    }),
  shaka: (parallel) =>
    timed(async () => {
      const player = new shaka.Player();
      player.configure({
        offline: {
          usePersistentLicense: false,
          trackSelectionCallback: async (/** @type {unknown} */ tracks) => tracks,
          ...(parallel > 0 && { numberOfParallelDownloads: parallel }),
        },
      });
      const storage = new shaka.offline.Storage(player);
      await storage.store(MANIFEST).promise;
    }),
  bare: (parallel) =>
    timed(async () => {
      const text = await (await fetch(MANIFEST)).text();
      const segments = Number(/PT(\d+)S/.exec(text)?.[1]) / 4;
      const names = Array.from({ length: segments }, (_, index) => index + 1);
      const paths = ['init.mp4', ...names.map((name) => `${name}.m4s`)];
      const urls = paths.flatMap((path) => [`/title/video-${path}`, `/title/audio-${path}`]);
      const fetchNext = async () => {
        for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
          await (await fetch(url)).arrayBuffer();
        }
      };
      await Promise.all(Array.from({ length: parallel }, fetchNext));
    }),
};

const query = new URLSearchParams(location.search);
await fetch('/run/ready', { method: 'POST' });
const outcome = await runs[query.get('run') ?? '']?.(Number(query.get('argument'))).then(
  (milliseconds) => ({ milliseconds }),
  (/** @type {unknown} */ error) => ({ error: String(error) }),
);
await fetch('/run/done', { method: 'POST', body: JSON.stringify(outcome) });

/** @param {() => Promise<void>} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
