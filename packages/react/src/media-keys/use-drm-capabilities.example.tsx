import { useDrmCapabilities } from '@secure-player/react';

/** `pending` on the server and at hydration, so that nothing mismatches. */
export function Capabilities() {
  return <pre>{JSON.stringify(useDrmCapabilities(), null, 2)}</pre>;
}
