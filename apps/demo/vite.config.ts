import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { precompress } from './build-steps/precompress.js';
import { serviceWorker } from './build-steps/service-worker.js';

export default defineConfig({
  plugins: [react(), precompress(), serviceWorker()],
  // The worker of downloads is a module, as everything else.
  worker: { format: 'es' },
  build: {
    outDir: 'dist/client',
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content security policy has no `data:`: every asset is a file.
    assetsInlineLimit: 0,
    // Shaka is one chunk by nature, and is fetched only when something plays.
    chunkSizeWarningLimit: 600,
  },
});
