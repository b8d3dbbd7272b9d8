import fs from 'node:fs';

/**
 * Watches how much memory the renderers of a browser have, in MB: what is resident and shared with nobody else, or its
 * share. Linux alone.
 *
 * @param {string} profile The folder that the browser was started with.
 */
export function watchRenderers(profile) {
  let peak = 0;
  const measure = () => {
    const total = renderersOf(profile).reduce((sum, pid) => sum + proportionalSize(pid), 0);
    peak = Math.max(peak, total);
    return total;
  };
  const timer = setInterval(measure, 100);

  return {
    measure,
    end() {
      clearInterval(timer);
      return peak;
    },
  };
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
