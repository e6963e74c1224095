/** Finds the Chromium that the browser tests drive, or gets one. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPrograms, installProgram } from './debian.mjs';
import { withProgress } from './progress.mjs';
import { root, run } from './repository.mjs';

const web = join(root, 'apps', 'web');
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Said when there is no browser and none could be had. */
export const browserAdvice =
  'No browser was found. Type `npx playwright install --with-deps chromium`, or set CHROMIUM_PATH to a Chromium.';

/** @returns {Promise<string | null>} the path of a program that can be started */
export async function provideBrowser() {
  const found = await findBrowser();
  if (found) return found;
  if (canInstallPrograms() && (await installProgram('chromium'))) return findBrowser();
  const { code, output } = await withProgress('Downloading Chromium', () =>
    run('playwright', ['install', 'chromium'], { cwd: web, env: withWebBinaries(), output: 'collect' }),
  );
  if (code !== 0) console.error(output);
  return findBrowser();
}

async function findBrowser() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const installed = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const chosen = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : installed;
  return chosen.find(isProgram) ?? (await playwrightsOwn());
}

/** The browser in Playwright's cache, in the version that this Playwright wants. */
async function playwrightsOwn() {
  const ask = "const { chromium } = await import('@playwright/test'); console.log(chromium.executablePath());";
  const { code, output } = await run(process.execPath, ['--input-type=module', '-e', ask], {
    cwd: web,
    output: 'collect',
  });
  const path = output.trim();
  return code === 0 && isProgram(path) ? path : null;
}

function withWebBinaries() {
  return { PATH: `${join(web, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` };
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
