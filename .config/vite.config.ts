/** Builds the console and the pop-up of Embedded Signup: two pages, served by the simulator, nothing from elsewhere. */
import { defineConfig } from 'vite';

const app = new URL('../simulator/console/app/', import.meta.url).pathname;

export default defineConfig({
  root: app,
  base: '/_coex/console/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: new URL('../dist/console/', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: [`${app}index.html`, `${app}dialog.html`] },
  },
});
