import { prepareMedia } from './site.js';

/** Runs once before the workers: two of them packaging the same film would do the work twice. */
export default async function globalSetup(): Promise<void> {
  await prepareMedia();
}
