import { ENGINE_BUILDS } from './engine-builds.js';
import type { EngineName } from './engine.js';

/** Where the test site serves an engine's file, byte for byte as npm installed it. */
export function vendorUrl(engine: EngineName): string {
  const { packageName, entry } = ENGINE_BUILDS[engine];
  return `/engines/vendor/${packageName}/${entry}`;
}

/** Imports a module as it is served; the bundler neither sees it nor touches it. */
export async function loadModule<Module>(url: string): Promise<Module> {
  return (await import(/* @vite-ignore */ url)) as Module;
}

/** Runs a classic script. */
export function loadScript(url: string): Promise<void> {
  const script = document.createElement('script');
  script.src = url;
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('An engine could not be loaded.')));
    document.head.append(script);
  });
}

/**
 * Tells the browser which files an engine's imports without endings mean, as bundlers know by themselves. So even an
 * engine that is made for bundlers runs from the files that npm installed.
 */
export async function addImportMap(engine: EngineName): Promise<void> {
  const { packageName } = ENGINE_BUILDS[engine];
  const answer = await fetch(`/engines/import-map/${packageName}`);
  const script = document.createElement('script');
  script.type = 'importmap';
  script.textContent = await answer.text();
  document.head.append(script);
}
