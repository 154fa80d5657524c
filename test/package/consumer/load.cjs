// The same as load.mjs, for an app in CommonJS.
const entries = [
  '@tollgate/core',
  '@tollgate/core/conformance',
  '@tollgate/core/prices.json',
  '@tollgate/otel',
  '@tollgate/otel/config.schema.json',
  '@tollgate/otel/conventions',
  '@tollgate/otel/conventions.json',
];
console.log(JSON.stringify(Object.fromEntries(entries.map((entry) => [entry, Object.keys(require(entry))]))));
