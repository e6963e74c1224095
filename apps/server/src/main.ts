import { fileURLToPath } from 'node:url';
import { BadEnvironment, readConfig } from './env.ts';
import { PortTaken } from './http/listen-on.ts';
import { startServer } from './start-server.ts';

/** From src/ and from dist/ alike. */
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const server = await startServer(readConfig(), { onProgress: say, webRoot });
  say(`Atrium is open at ${server.url}`);
  if (server.setupUrl !== null) say(`First administrator: ${server.setupUrl} (works once, for a day)`);
  let isClosing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal means now.
      if (isClosing) process.exit(1);
      isClosing = true;
      say('Closing: saving every room …');
      setTimeout(() => process.exit(1), 10_000).unref();
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  const isExpected = error instanceof BadEnvironment || error instanceof PortTaken || isRefusal(error);
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'DatabaseRefused';
}
