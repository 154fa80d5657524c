import { execute, ROOT } from '../steps.ts';

const paths = new Map<Program, Promise<string>>();

/** What a pipeline is made of. */
export type Program = 'tollgate-collector' | 'prometheus' | 'promtool' | 'jaeger';

/** The path of a program, which is built first where it is not built yet: minutes, once. Rejects where there is no Go. */
export function programPath(program: Program): Promise<string> {
  const path = paths.get(program) ?? build(program);
  paths.set(program, path);
  return path;
}

async function build(program: Program): Promise<string> {
  if (program === 'tollgate-collector') {
    await execute('node', ['collector/scripts/build.mjs']);
    return `${ROOT}collector/bin/tollgate-collector`;
  }
  return (await execute('node', ['collector/scripts/build-tool.mjs', program])).trim();
}
