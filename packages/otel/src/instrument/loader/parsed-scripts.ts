/**
 * The paths or URLs of all modules that V8 has parsed so far: the only way to learn which ES modules are loaded. It takes
 * some tens of milliseconds, so it is asked only where nothing else can tell.
 */
export function parsedScripts(): string[] {
  const { Session } = process.getBuiltinModule('node:inspector');
  const urls: string[] = [];
  const session = new Session();
  try {
    session.connect();
    session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
    session.post('Debugger.enable');
    session.post('Debugger.disable');
  } finally {
    session.disconnect();
  }
  return urls;
}
