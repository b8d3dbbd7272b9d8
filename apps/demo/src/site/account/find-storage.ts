/** One of the browser's storages; null where it refuses even to name it. */
export function findStorage(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return globalThis[name];
  } catch {
    return null;
  }
}
