import { ConfigError } from '@tollgate/core/start';
import { register } from './register.ts';

// `node --import @tollgate/otel/register app.js`: the options come from the config file and the environment alone.
try {
  register();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
