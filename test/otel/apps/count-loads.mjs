// Preloaded: keeps which files of OpenTelemetry, but its API, and which tokenizers and SDKs a process loads.
import { registerHooks } from 'node:module';

globalThis.loadedFiles = [];
registerHooks({
  load(url, context, nextLoad) {
    const file = /node_modules\/(?!.*node_modules\/)(.*)$/.exec(url)?.[1];
    if (file !== undefined) globalThis.loadedFiles.push(file);
    return nextLoad(url, context);
  },
});
