// `npm run storybook`: the catalogue of components, on a free port unless one is given: npm run storybook -- --port 6006
import { requireRuntime } from './setup/node-version.mjs';

requireRuntime();

const { ensureBuild } = await import('./setup/build.mjs');
const { ensureDependencies } = await import('./setup/dependencies.mjs');
const { findFreePort } = await import('./setup/free-port.mjs');
const { runMain } = await import('./setup/main.mjs');
const { Progress } = await import('./setup/progress.mjs');
const { runNode, stopChildrenOnSignal } = await import('./setup/run-command.mjs');

const STORYBOOK = 'node_modules/storybook/dist/bin/dispatcher.js';

await runMain(async () => {
  stopChildrenOnSignal({ exitCode: 0 });
  const progress = new Progress();
  await ensureDependencies(progress);
  await ensureBuild(progress, 'demo...');

  const args = process.argv.slice(2);
  const hasPort = args.some((argument) => argument === '-p' || argument.startsWith('--port'));
  const port = hasPort ? [] : ['--port', String(await findFreePort()), '--exact-port'];
  const quiet = ['--no-open', '--disable-telemetry', '--no-version-updates'];
  await runNode('Storybook', [STORYBOOK, 'dev', ...quiet, ...port, ...args], { output: 'inherit' });
});
