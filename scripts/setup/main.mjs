import { CommandError } from './run-command.mjs';

/**
 * Runs a script's main function; a failure is told in words, with the failed command's own output, and ends in exit code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof CommandError && error.output) console.error(`\n${error.output.trimEnd()}`);
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
