import { createInMemoryStore } from './in-memory-store.js';
import { describeStoreConformance } from './testing/store-conformance.js';

describeStoreConformance('In memory', async (options) => createInMemoryStore(options));
