import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{simulator,scenarios,contracts,runner}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    // Tests start real processes and real servers; two cores cannot start dozens at once.
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // What is waited for comes late where other tests take both cores; a second, the default, is no failure.
    expect: { poll: { timeout: 10_000 } },
  },
});
