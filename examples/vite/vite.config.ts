import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the entitlement server is; `npm start` of the kit prints the address of one. */
const server = process.env['SECURE_PLAYER_SERVER'] ?? 'http://127.0.0.1:8080';

// Rights, licenses and media come from the page's own origin, as they would behind a reverse proxy.
const proxy = { '/v1': server, '/license': server, '/media': server };

export default defineConfig({
  plugins: [react()],
  base: './',
  server: { proxy },
  preview: { proxy },
});
