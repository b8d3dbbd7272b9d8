/**
 * HTML's "queue a task": each call runs in a task of its own, in the order of the calls, after the microtasks of the one
 * before. Messages are not held back in a page that is in the background, as timers are.
 */
export function createTaskQueue(): (task: () => void) => void {
  const tasks: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => tasks.shift()?.();

  return (task) => {
    tasks.push(task);
    port2.postMessage(null);
  };
}
