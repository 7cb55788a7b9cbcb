import { StartProblem, exits } from './problem.mjs';

const oldest = [20, 19];

/** @param {string} version */
export function assertNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new StartProblem(
    'node_too_old',
    exits.configuration,
    `this is Node ${version} and Portcullis needs ${oldest.join('.')} or later; install it from https://nodejs.org and run npm start again`,
  );
}
