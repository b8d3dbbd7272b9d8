import * as fakes from 'fake-indexeddb';

const { IDBFactory, ...interfaces } = fakes;

/** An IndexedDB with nothing in it, for the test that begins. */
export function freshDatabase(): void {
  // The package `idb` asks for these where it is used first.
  Object.assign(globalThis, interfaces, { IDBFactory, indexedDB: new IDBFactory() });
}
