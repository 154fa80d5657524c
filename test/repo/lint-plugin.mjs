// Rules of this house that oxlint does not have.
import { dirname, resolve, sep } from 'node:path';

/** Time is an argument in core: `new Date(ms)` and `Date.UTC(…)` are arithmetic, everything that reads a clock or waits for one is refused. */
const noClock = {
  create(context) {
    const report = (node, what) =>
      context.report({ node, message: `${what} is a clock: take the time as an argument.` });
    return {
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (/^(Date|setTimeout|setInterval|setImmediate)$/.test(node.callee.name ?? ''))
          report(node, `${node.callee.name}()`);
      },
      MemberExpression(node) {
        const name = `${node.object.name}.${node.property.name}`;
        if (
          /^(Date\.now|Temporal\.Now|performance\.\w+|process\.hrtime|globalThis\.\w*(Date|performance|set(Timeout|Interval)))$/.test(
            name,
          )
        ) {
          report(node, name);
        }
      },
    };
  },
};

/** An index is a list written by hand: it is the API review. */
const noExportAll = {
  create(context) {
    return {
      ExportAllDeclaration(node) {
        context.report({ node, message: 'Name what is exported: `export *` hides a change of the API.' });
      },
    };
  },
};

/** All that core stands on. */
const CORE_MAY_IMPORT = /^(\.|temporal-polyfill$|js-tiktoken\/)/;

const coreIsPure = {
  create(context) {
    return onImport((source) => {
      if (CORE_MAY_IMPORT.test(source.value)) return;
      context.report({ node: source, message: 'core is pure: no I/O, no OpenTelemetry, no SDK, no package of ours.' });
    });
  },
};

/** Packages meet by their names: a relative import stays in the `src` of its package. */
const noWayOut = {
  create(context) {
    const home = /^.*[/\\]packages[/\\][^/\\]+[/\\]src(?=[/\\])/.exec(context.filename)?.[0];
    return onImport((source) => {
      if (home === undefined || !source.value.startsWith('.')) return;
      if (resolve(dirname(context.filename), source.value).startsWith(home + sep)) return;
      context.report({ node: source, message: 'A relative import does not leave its package: import by name.' });
    });
  },
};

/** Visits the specifier of whatever imports, `import('…')` and `export … from '…'` included. */
function onImport(check) {
  const visit = ({ source }) => {
    if (typeof source?.value === 'string') check(source);
  };
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
  };
}

export default {
  meta: { name: 'tollgate' },
  rules: {
    'no-clock': noClock,
    'no-export-all': noExportAll,
    'core-is-pure': coreIsPure,
    'no-way-out': noWayOut,
  },
};
