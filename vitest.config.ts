import { configDefaults, defineConfig } from 'vitest/config';

// The source condition makes every workspace package resolve to its TypeScript source, so no test runs against a stale build.
const source = {
  resolve: { conditions: ['@tollgate/source'] },
  ssr: { resolve: { conditions: ['@tollgate/source'] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'dashboards/src/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        ...source,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/pipeline/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Needs Go: `npm run test:pipeline`. One file at a time, since each has servers of its own running.
      {
        ...source,
        test: {
          name: 'pipeline',
          include: ['test/pipeline/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
