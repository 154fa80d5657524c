// Two rules of this house that oxlint does not have.

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

export default { meta: { name: 'tollgate' }, rules: { 'no-clock': noClock, 'no-export-all': noExportAll } };
