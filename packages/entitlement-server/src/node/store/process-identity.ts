import fs from 'node:fs/promises';
import os from 'node:os';

/** Whether there is a process of this id on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // It is somebody else's.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/**
 * What tells a process from a later one of the same id, such as process 1 of a container that was started again: the boot,
 * and the clock tick it began at. Null where there is no `/proc`, and for a process that is gone.
 */
export async function startOf(pid: number): Promise<string | null> {
  try {
    const [boot, stat] = await Promise.all([
      fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      fs.readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The name of the program, in brackets, may hold spaces. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()}/${ticks}`;
  } catch {
    return null;
  }
}

/**
 * What is common to all processes that see each other's ids: the host, its boot, as hosts may have one name, and the
 * namespace of process ids, of which each container has its own, under the name of its host too. The last two where there is
 * a `/proc`.
 */
export async function ownPlace(): Promise<string> {
  const [boot, namespace] = await Promise.all([
    fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    fs.readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return [os.hostname(), boot.trim(), namespace].join(' ');
}
