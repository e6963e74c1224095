/** The browser tests on their own: finds a browser, builds what is stale, runs Playwright. */
import { browserAdvice, provideBrowser } from './browser.mjs';
import { turbo } from './repository.mjs';

const browser = await provideBrowser();
if (browser === null) {
  console.error(browserAdvice);
  process.exit(1);
}
const { code } = await turbo(['run', 'e2e', ...process.argv.slice(2)], { env: { CHROMIUM_PATH: browser } });
process.exitCode = code;
