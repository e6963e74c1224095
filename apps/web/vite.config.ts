import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { excalidrawAssets } from './vite/excalidraw-assets.ts';
import { preloadFonts } from './vite/preload-fonts.ts';

export default defineConfig({
  plugins: [react(), tailwindcss(), excalidrawAssets(), preloadFonts()],
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    // A font or an icon inside a style sheet would be refused by nothing, but it would be loaded before it is needed.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/trpc': { target: 'http://127.0.0.1:3000', ws: true },
      '/auth/': 'http://127.0.0.1:3000',
      '/dev/mailbox': 'http://127.0.0.1:3000',
    },
  },
  // The browser tests in e2e belong to Playwright.
  test: { include: ['{src,vite}/**/*.test.{ts,tsx}'] },
});
