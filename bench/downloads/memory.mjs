import fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/**
 * Watches how much memory the renderers of a browser have: what is resident and shared with nobody else, or its share. Linux
 * alone.
 *
 * @param {string} profile The folder that the browser was started with.
 * @returns What ends it, with how many MB there were at most beyond those at the beginning.
 */
export async function watchRenderers(profile) {
  const measure = () => renderersOf(profile).reduce((sum, pid) => sum + proportionalSize(pid), 0);
  const idle = await settled(measure);
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, measure());
  }, 100);

  return () => {
    clearInterval(timer);
    return Math.max(peak, measure()) - idle;
  };
}

/** A browser that has just opened a page starts renderers for the next. @param {() => number} measure */
async function settled(measure) {
  let still = 0;
  let last = measure();
  while (still < 8) {
    await setTimeout(250);
    const now = measure();
    still = Math.abs(now - last) < 0.5 ? still + 1 : 0;
    last = now;
  }
  return last;
}

/** @param {string} profile */
function renderersOf(profile) {
  const processes = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const [, parent = ''] = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return [{ pid, parent, command }];
      } catch {
        // It has ended.
        return [];
      }
    });
  const known = new Set(processes.filter(({ command }) => command.includes(profile)).map(({ pid }) => pid));
  for (let size = -1; size < known.size;) {
    size = known.size;
    for (const { pid, parent } of processes) if (known.has(parent)) known.add(pid);
  }
  return processes
    .filter(({ pid, command }) => known.has(pid) && command.includes('--type=renderer'))
    .map(({ pid }) => pid);
}

/** @param {string} pid */
function proportionalSize(pid) {
  try {
    const [, kilobytes = '0'] =
      /^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}
