/** Gets a program from the distribution where that needs no question: as root on Debian and its descendants. */
import { existsSync } from 'node:fs';
import { withProgress } from './progress.mjs';
import { run } from './repository.mjs';

export function canInstallPrograms() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** @returns {Promise<boolean>} false when it could not be installed; the reason was printed */
export function installProgram(name) {
  return withProgress(`Installing ${name}`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const updated = await run('apt-get', ['update', '-qq'], { env, output: 'collect' });
    const args = ['install', '-y', '-qq', '--no-install-recommends', name];
    const installed = await run('apt-get', args, { env, output: 'collect' });
    if (installed.code !== 0) console.error(`${updated.output}${installed.output}`);
    return installed.code === 0;
  });
}
