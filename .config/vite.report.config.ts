/** Builds the page of the HTML report: one script and one style sheet, which `renderHtml` puts into each report. */
import { defineConfig } from 'vite';

const page = new URL('../runner/report/page/', import.meta.url).pathname;

export default defineConfig({
  root: page,
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: new URL('../dist/report-page/', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    cssCodeSplit: false,
    lib: {
      entry: `${page}main.tsx`,
      formats: ['iife'],
      name: 'coex',
      fileName: () => 'page.js',
      cssFileName: 'page',
    },
  },
});
