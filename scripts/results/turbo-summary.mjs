import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/environment.mjs';

const RUNS = path.join(root, '.turbo/runs');

/** @typedef {{ name: string, milliseconds: number, isCached: boolean, passedIn: string[], failedIn: string[] }} TaskResult */

/**
 * @typedef {object} TurboTask The parts used of a task in the file that `turbo run --summarize` writes.
 * @property {string} task
 * @property {string} package
 * @property {{ status: string }} cache
 * @property {{ startTime: number, endTime: number, exitCode: number | null } | undefined} [execution]
 */

/** Forgets earlier runs, so that the only summary afterwards is that of the run that follows. */
export function removeSummaries() {
  fs.rmSync(RUNS, { recursive: true, force: true });
}

/** @returns {TaskResult[] | null} The results by task name; null when turbo did not come so far. */
export function readSummary() {
  const files = fs.existsSync(RUNS) ? fs.readdirSync(RUNS).filter((file) => file.endsWith('.json')) : [];
  if (files[0] === undefined) return null;
  return summarizeTasks(JSON.parse(fs.readFileSync(path.join(RUNS, files[0]), 'utf8')).tasks);
}

/**
 * Gathers the tasks of one name: they took from the first start to the last end, and failed where any failed or never started.
 *
 * @param {readonly TurboTask[]} tasks
 * @returns {TaskResult[]}
 */
export function summarizeTasks(tasks) {
  /** @type {Map<string, TurboTask[]>} */
  const byName = new Map();
  for (const task of tasks) byName.set(task.task, [...(byName.get(task.task) ?? []), task]);

  return [...byName].map(([name, group]) => {
    const ran = group.flatMap(({ execution }) => (execution ? [execution] : []));
    const start = Math.min(...ran.map(({ startTime }) => startTime));
    const end = Math.max(...ran.map(({ endTime }) => endTime));
    return {
      name,
      milliseconds: ran.length > 0 ? end - start : 0,
      isCached: group.every(({ cache }) => cache.status === 'HIT'),
      passedIn: group.filter(({ execution }) => execution?.exitCode === 0).map((task) => task.package),
      failedIn: group.filter(({ execution }) => execution?.exitCode !== 0).map((task) => task.package),
    };
  });
}
