import { createDashEngine } from './dash-engine.js';
import { ENGINE_NAMES, type CreateEngine, type Engine, type EngineName } from './engine.js';
import { createHlsEngine } from './hls-engine.js';
import { createRxEngine } from './rx-engine.js';
import { createShakaEngine } from './shaka-engine.js';

/** What tests drive from outside: one engine on an otherwise empty page, named by `?engine=`. */
export interface EnginePage extends Engine {
  /** What the engine said went wrong, in order. */
  readonly failures: string[];
}

declare global {
  interface Window {
    /** Settles when the engine's code has run. */
    engine: Promise<EnginePage>;
  }
}

const CREATORS: Readonly<Record<EngineName, CreateEngine>> = {
  shaka: createShakaEngine,
  'hls.js': createHlsEngine,
  'dash.js': createDashEngine,
  'rx-player': createRxEngine,
};

window.engine = openEngine();

async function openEngine(): Promise<EnginePage> {
  const wanted = new URL(location.href).searchParams.get('engine');
  const name = ENGINE_NAMES.find((candidate) => candidate === wanted);
  const video = document.querySelector('video');
  if (name === undefined || video === null) throw new Error('The page is for one of the engines.');

  const failures: string[] = [];
  const engine = await CREATORS[name](video, (failure) => failures.push(failure));
  return { failures, play: (request) => engine.play(request) };
}
