// `npm run bench`: what the plugin costs, against the bare SDKs, with the marks to reach. `--quick` only shows that all of it runs.
if (!process.version.startsWith('v24.')) {
  console.error(`The benchmark runs on Node 24, which is a devDependency (npm ci): this is ${process.version}.`);
  process.exit(1);
}
await import('./bench.ts');
