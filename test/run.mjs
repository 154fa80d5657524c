// `npm test`: types, then every test of both projects. Arguments narrow it to matching files: `npm test -- pricing`.
if (!process.version.startsWith('v24.')) {
  console.error(`The tests run on Node 24, which is a devDependency (npm ci): this is ${process.version}.`);
  process.exit(1);
}
await import('./run-tests.ts');
