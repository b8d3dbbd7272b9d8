import { putFilm, FILM_FOLDER } from './film.js';
import { setupDevice, sourceOf } from './setup-device.js';
import { until } from './until.js';

/** A device with one tab that works, and a film on the server. */
export async function setupFilm() {
  const device = setupDevice();
  const src = putFilm(device.origin, 'film');
  const tab = device.openTab();
  await until(() => tab.manager.getState().status === 'ready');
  const start = (id = 'film', options = {}) => tab.manager.start(sourceOf(src, id), options);
  /** The server answers nothing of this address until it is told to. */
  const hold = (url: string) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    device.origin.gate = (request) => (request.url === url ? held : Promise.resolve());
    return () => release();
  };
  return { ...device, ...tab, src, start, hold, seg: (name: string) => `${FILM_FOLDER}film/${name}` };
}
