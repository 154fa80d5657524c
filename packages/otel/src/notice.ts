/** One line for the operator, on stderr. */
export function notice(line: string): void {
  process.stderr.write(line.startsWith('tollgate: ') ? `${line}\n` : `tollgate: ${line}\n`);
}
