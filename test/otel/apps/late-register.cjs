// A CommonJS app that loads an SDK as an ES module before it registers, as one does whose bundler keeps `import()`.
const { importsFirst } = JSON.parse(process.env.APP_SETTINGS);
void (async () => {
  if (importsFirst) await import('openai');
  const tollgate = require('@tollgate/otel').register();
  if (!importsFirst) await import('openai');
  process.stdout.write(`${JSON.stringify({ instrumented: tollgate.instrumented })}\n`);
})();
