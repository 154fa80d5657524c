// Prints the names of every entry point's exports, and fails where a data file does not resolve.
import * as core from '@tollgate/core';
import * as conformance from '@tollgate/core/conformance';
import prices from '@tollgate/core/prices.json' with { type: 'json' };
import * as otel from '@tollgate/otel';
import schema from '@tollgate/otel/config.schema.json' with { type: 'json' };
import * as conventions from '@tollgate/otel/conventions';
import metrics from '@tollgate/otel/conventions.json' with { type: 'json' };

console.log(
  JSON.stringify({
    '@tollgate/core': Object.keys(core),
    '@tollgate/core/conformance': Object.keys(conformance),
    '@tollgate/core/prices.json': Object.keys(prices),
    '@tollgate/otel': Object.keys(otel),
    '@tollgate/otel/config.schema.json': Object.keys(schema),
    '@tollgate/otel/conventions': Object.keys(conventions),
    '@tollgate/otel/conventions.json': Object.keys(metrics),
  }),
);
