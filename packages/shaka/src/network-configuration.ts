/** Bounds on how long a manifest or a segment may keep the viewer waiting, in milliseconds. */
export const NETWORK_CONFIGURATION = {
  manifest: {
    retryParameters: {
      maxAttempts: 2,
      baseDelay: 300,
      timeout: 10_000,
      stallTimeout: 5_000,
      connectionTimeout: 10_000,
    },
  },
  streaming: {
    // Captions that cannot be had are no reason to stop.
    ignoreTextStreamFailures: true,
    retryParameters: {
      maxAttempts: 4,
      baseDelay: 300,
      timeout: 15_000,
      stallTimeout: 5_000,
      connectionTimeout: 10_000,
    },
  },
};
