/** Whether the device has no network. Where the answer is yes, it is right; a device with a network may still have no Internet. */
export function isOffline(): boolean {
  // Not in Node, where the tests run, before 21.
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  return navigator?.onLine === false;
}
