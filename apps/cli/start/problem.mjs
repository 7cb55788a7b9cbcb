/** Exit codes of a start that is refused. */
export const exits = { failed: 1, configuration: 2, port: 3, database: 4, migration: 5 };

/** Why Portcullis does not start: a code, what is wrong, and what to do. */
export class StartProblem extends Error {
  /**
   * @param {string} code
   * @param {number} exit
   * @param {string} message
   */
  constructor(code, exit, message) {
    super(message);
    this.code = code;
    this.exit = exit;
  }
}

/** A problem whose line a child process has written already. */
export class ToldProblem extends Error {
  /** @param {number} exit */
  constructor(exit) {
    super(`exit ${exit}`);
    this.exit = exit;
  }
}

/**
 * Writes the one line and returns the exit code.
 * @param {unknown} error
 */
export function report(error) {
  if (error instanceof ToldProblem) return error.exit;
  if (error instanceof StartProblem) {
    process.stderr.write(`portcullis: ${error.code}: ${oneLine(error.message)}\n`);
    return error.exit;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `portcullis: start_failed: ${oneLine(what)}; run npm start again, and report it when it stays\n`,
  );
  return exits.failed;
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s*\n\s*/g, ' | ');
}
