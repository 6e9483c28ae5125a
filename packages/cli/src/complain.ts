/** One line on standard error. */
export function complain(message: string): void {
  process.stderr.write(`stagewright: ${message}\n`);
}
