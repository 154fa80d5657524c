// Starts a provider server on 127.0.0.1, and runs the plain app against it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startProvider } from '@tollgate/provider-sim';

const provider = await startProvider();
const app = spawn(process.execPath, [...process.execArgv, '--import', '@tollgate/otel/register', 'plain-app.mjs'], {
  cwd: import.meta.dirname,
  env: { ...process.env, OPENAI_BASE_URL: provider.openaiBaseUrl, OPENAI_API_KEY: 'none' },
  stdio: 'inherit',
});
[process.exitCode] = await once(app, 'exit');
await provider.settled();
console.log(
  `The provider server saw ${provider.requests.length} requests and billed ${provider.bill.nanoUsd} nano-USD.`,
);
await provider.close();
