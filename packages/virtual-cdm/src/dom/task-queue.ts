/** `scheduler.postTask` (https://wicg.github.io/scheduling-apis/), which TypeScript's DOM library does not have yet. */
interface TaskScheduler {
  postTask(task: () => void, options: { readonly priority: 'user-blocking' }): Promise<void>;
}

/**
 * HTML's "queue a task": each call runs in a task of its own, in the order of the calls, after the microtasks of the one
 * before. None of it is held back in a page that is in the background, as timers are.
 *
 * A page may tell the order of its own timers and of what the CDM has queued before: an event that was queued must come
 * before a timer that was set later. Only the scheduler promises that.
 */
export function createTaskQueue(): (task: () => void) => void {
  const scheduler = Reflect.get(globalThis, 'scheduler') as TaskScheduler | undefined;
  if (typeof scheduler?.postTask !== 'function') return createMessageQueue();

  return (task) => void scheduler.postTask(task, { priority: 'user-blocking' });
}

/** For browsers without a scheduler: messages keep the order among themselves. */
function createMessageQueue(): (task: () => void) => void {
  const tasks: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => tasks.shift()?.());
  port1.start();

  return (task) => {
    tasks.push(task);
    port2.postMessage(null);
  };
}
