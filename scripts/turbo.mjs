/** turbo as every script of this repository runs it: without telemetry, with our pnpm in reach. */
import { turbo } from './repository.mjs';

const { code } = await turbo(process.argv.slice(2));
process.exitCode = code;
