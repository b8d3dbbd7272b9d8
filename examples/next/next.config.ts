import type { NextConfig } from 'next';

const config: NextConfig = {
  // A folder with all that the server needs: `node .next/standalone/server.js`.
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
};

export default config;
