// Tiny programs, each with one way to end. With and without us they have to end alike.
import { answer, settings } from './settings.ts';

const { ending, isMetered } = settings();
if (isMetered) {
  const { register, withTask } = await import('@tollgate/otel');
  register({ serviceName: 'endings' });
  // Something to flush.
  withTask('T-1', () => 0);
}

const ENDINGS = {
  returns: () => console.log('leaving'),
  'process.exit(3)': () => process.exit(3),
  'process.exitCode': () => {
    process.exitCode = 4;
  },
  'uncaught error': () => {
    throw new RangeError('the app is broken');
  },
  'unhandled rejection': () => void Promise.reject(new RangeError('the app is broken')),
  'handled uncaught error': () => {
    process.on('uncaughtException', ({ message }) => {
      console.error(`caught: ${message}`);
      process.exitCode = 5;
    });
    throw new RangeError('the app is broken');
  },
  'beforeExit that does nothing': () => {
    process.on('beforeExit', (code) => console.log(`beforeExit ${code}`));
  },
  'beforeExit of its own': () => {
    let left = 2;
    process.on('beforeExit', (code) => {
      console.log(`beforeExit ${code}`);
      left -= 1;
      if (left > 0) setTimeout(() => console.log('more work'), 10);
    });
  },
  SIGTERM: wait,
  SIGINT: wait,
  'SIGTERM handler': () => {
    process.on('SIGTERM', () => {
      console.log('clearing up');
      setTimeout(() => process.exit(6), 20);
    });
    wait();
  },
};

function wait() {
  setInterval(() => {}, 1000);
  console.log('ready');
}

process.on('exit', (code) => answer({ code }));
// In a turn of its own, so that nothing of how this file was loaded is in a stack.
setTimeout(() => ENDINGS[ending](), 1);
