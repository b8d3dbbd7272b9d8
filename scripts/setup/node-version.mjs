// Runs before anything else, on whatever Node there is: old syntax only, no imports.

/** The oldest Node that the tools support; package.json `engines` says the same. */
const FLOOR = { major: 20, minor: 19 };
const FLOOR_TEXT = `${FLOOR.major}.${FLOOR.minor}`;

/**
 * Says what is wrong with this Node or this package manager, or returns null.
 *
 * @param {{ nodeVersion: string, userAgent: string | undefined }} runtime
 * @returns {string | null}
 */
export function runtimeProblem({ nodeVersion, userAgent }) {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isOld = major < FLOOR.major || (major === FLOOR.major && minor < FLOOR.minor);
  if (isOld) {
    return `Node ${FLOOR_TEXT} or newer is needed, this is ${nodeVersion}. Install it from https://nodejs.org and try again.`;
  }

  const manager = /^(\w+)\/(\d+)/.exec(userAgent || '');
  if (manager && manager[1] !== 'npm') {
    return `This repository is installed with npm, not ${manager[1]}: its lock file and workspaces are npm's. Run the command with npm.`;
  }
  if (manager && Number(manager[2]) < 10) {
    return `npm 10 or newer is needed (it comes with Node ${FLOOR_TEXT}). Run: npm install --global npm@11`;
  }
  return null;
}

/** Ends the process with a clear message when Node or npm is too old. */
export function requireRuntime() {
  const problem = runtimeProblem({
    nodeVersion: process.versions.node,
    userAgent: process.env['npm_config_user_agent'],
  });
  if (problem === null) return;
  console.error(`\n${problem}\n`);
  process.exit(1);
}
