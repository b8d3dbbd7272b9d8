import { brotliCompress, constants } from 'node:zlib';
import { promisify } from 'node:util';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [react(), precompress()],
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

/** Writes each text asset in brotli too, for the server to send as it is. */
function precompress(): Plugin {
  const compress = promisify(brotliCompress);
  return {
    name: 'precompress',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const texts = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css|svg)$/.test(fileName));
      await Promise.all(
        texts.map(async (file) => {
          const source = await compress(file.type === 'chunk' ? file.code : file.source, {
            params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
          });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
        }),
      );
    },
  };
}
