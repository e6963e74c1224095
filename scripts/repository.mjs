/**
 * Where the repository is and how its scripts run other programs. Plain Node without dependencies: `npm start` runs this before
 * anything is installed.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The environment of every child: our own binaries first (turbo looks for pnpm there), and nobody is told what was run. */
function childEnv(extra = {}) {
  const bin = join(root, 'node_modules', '.bin');
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    ...extra,
  };
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, output?: 'inherit' | 'collect', timeout?: number }} [opts]
 *   `collect` keeps the output instead of showing it; `timeout` in milliseconds, after which it is ended
 * @returns {Promise<{ code: number, output: string }>} code 1 when it could not be started or a signal ended it
 */
export function run(command, args, { cwd = root, env = {}, output = 'inherit', timeout } = {}) {
  return new Promise((resolve) => {
    const stdio = output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env: childEnv(env), stdio, timeout, shell: needsShell(command) });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const collected = () => Buffer.concat(chunks).toString();
    child.once('error', (error) => resolve({ code: 1, output: `${collected()}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: collected() }));
  });
}

/** On Windows npx, pnpm and turbo are .cmd files, which only a shell can start. */
function needsShell(command) {
  return process.platform === 'win32' && command !== process.execPath;
}

/** Runs turbo of this repository; the same answer as `run`. */
export function turbo(args, opts) {
  return run('turbo', args, opts);
}
