// `npm start`: from a fresh clone to the running demo. Arguments go on to the demo server: npm start -- --port 8080
import { requireRuntime } from './setup/node-version.mjs';

requireRuntime();

const { ensureBuild } = await import('./setup/build.mjs');
const { ensureDependencies } = await import('./setup/dependencies.mjs');
const { runMain } = await import('./setup/main.mjs');
const { Progress } = await import('./setup/progress.mjs');
const { runNode, stopChildrenOnSignal } = await import('./setup/run-command.mjs');

const DEMO_SERVER = 'apps/demo/dist/server/main.js';

await runMain(async () => {
  stopChildrenOnSignal({ exitCode: 0 });
  const progress = new Progress();
  await ensureDependencies(progress);
  await ensureBuild(progress, 'demo...');
  await runNode('The demo server', [DEMO_SERVER, ...process.argv.slice(2)], { output: 'inherit' });
});
