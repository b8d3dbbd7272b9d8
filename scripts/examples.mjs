// `npm run examples:build`: the examples, installed from packed packages as their readers would, and built, in .cache/examples.
// With --lock it writes the examples' lock files anew instead.
import { requireRuntime } from './setup/node-version.mjs';

requireRuntime();

const { buildExample } = await import('./examples/build-example.mjs');
const { INSTALLATIONS } = await import('./examples/installations.mjs');
const { installExample, lockExample } = await import('./examples/install-example.mjs');
const { packPackages } = await import('./examples/pack-packages.mjs');
const { runMain } = await import('./setup/main.mjs');
const { Progress } = await import('./setup/progress.mjs');
const { stopChildrenOnSignal } = await import('./setup/run-command.mjs');

await runMain(async () => {
  stopChildrenOnSignal({ exitCode: 130 });
  const progress = new Progress();
  if (process.argv.includes('--lock')) {
    for (const example of new Set(INSTALLATIONS.map((installation) => installation.example)))
      await progress.step(`Lock file of ${example}`, () => lockExample(example));
    return;
  }

  const tarballs = await progress.step('Pack', () => packPackages());
  for (const installation of INSTALLATIONS) {
    await progress.step(`Install ${installation.name}`, (step) =>
      installExample(installation, tarballs, step),
    );
    await progress.step(`Build ${installation.name}`, () => buildExample(installation));
  }
});
