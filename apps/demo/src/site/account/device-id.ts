/** What the id is kept in, besides memory. */
type DeviceStorageArea = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'secure-player-demo.device';

/**
 * What this browser calls itself to the server, so that streaming here and keeping titles here count as one device of the
 * account. Where nothing can be kept it is another device with each page that is opened.
 */
export function readDeviceId(
  storage: DeviceStorageArea | null,
  makeId: () => string = () => crypto.randomUUID(),
): string {
  const known = storage?.getItem(KEY);
  if (known) return known;

  const id = makeId();
  try {
    storage?.setItem(KEY, id);
  } catch {
    // A full storage costs the account a place at the next visit, and nothing now.
  }
  return id;
}
