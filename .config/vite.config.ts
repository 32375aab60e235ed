/** Builds the console and the pop-up of Embedded Signup: two pages and the SDK’s stand-in. */
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
    rolldownOptions: {
      input: { index: `${app}index.html`, dialog: `${app}dialog.html`, sdk: `${app}sdk.ts` },
      // Pages of others name the SDK, so its name must not change with its contents.
      output: { entryFileNames: ({ name }) => (name === 'sdk' ? 'sdk.js' : 'assets/[name]-[hash].js') },
    },
  },
});
