import { Authorizer } from '../authorize/authorizer.js';
import type { KeyStatusPolicy } from '../license/key-status-policy.js';
import { LicenseClient } from '../license/license-client.js';
import { Player } from '../player/player.js';
import type { PreferredLanguages } from '../player/track-wishes.js';
import type { Source } from '../source/source.js';
import { createFakeEngines, createFakeMedia, type FakeEngine, type FakeLoad } from './fake-engine.js';
import { createManualClock, turn } from './manual-clock.js';

export const A: Source = { src: '/a.mpd' };
export const B: Source = { src: '/b.mpd' };

/** A player with engines and a media element that do as the test says. */
export function setupPlayer() {
  const engines = createFakeEngines();
  const { media, emit, listeners } = createFakeMedia();
  const authorizer = new Authorizer({
    authorize: () => undefined,
    authorizedOrigins: () => [],
    pageUrl: () => undefined,
    pageOrigin: () => undefined,
  });
  const options: { keyStatusPolicy?: KeyStatusPolicy } = {};
  const preferences: { languages?: PreferredLanguages } = {};
  const clock = createManualClock();
  const player = new Player({
    clock,
    createEngine: engines.create,
    licenseClient: new LicenseClient({ authorizer }),
    authorizer,
    keyStatusPolicy: () => options.keyStatusPolicy,
    trackPreferences: () => preferences,
  });
  const statuses: string[] = [];
  player.subscribe(() => {
    const { status } = player.getState();
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  const engine = (index = -1): FakeEngine => defined(engines.made.at(index));
  const load = (index = -1): FakeLoad => defined(engine().loads.at(index));
  const emptied = () =>
    emit((listener) => listener.onState({ currentTime: 0, duration: Number.NaN, paused: true }));

  return {
    player,
    clock,
    options,
    preferences,
    engines,
    engine,
    load,
    media,
    emit,
    listeners,
    emptied,
    statuses,
  };
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is none yet.');
  return value;
}

/** A player that plays `A` at 30 seconds. */
export async function setupPlaying() {
  const kit = setupPlayer();
  kit.player.setSource(A);
  const detach = kit.player.attach(kit.media);
  await turn();
  kit.load().resolve();
  await turn();
  kit.emit((listener) => {
    listener.onState({ paused: false });
    listener.onStatusEvent('playing');
    listener.onState({ currentTime: 30, duration: 60, buffered: [{ start: 0, end: 40 }] });
  });

  return { ...kit, detach };
}
