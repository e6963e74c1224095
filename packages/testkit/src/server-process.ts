import { type ChildProcess, spawn } from 'node:child_process';
import { buildServer } from './built-server.ts';
import { freePort } from './free-port.ts';

/** The real server in a process of its own, on the same port and the same database each time. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now; undefined while none does. */
  readonly pid: number | undefined;
  /** Resolves with the milliseconds from the start of the process until /readyz says yes. */
  start(): Promise<number>;
  /** SIGKILL: no last word, nothing saved. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. Rejects when it does not end by itself with code 0. */
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  /** A folder for the embedded database, or a `postgres://` URL. */
  readonly database: string;
  /** Variables beside those of the address and the database. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How long a start may take: the first one makes the database. */
const startLimit = 60_000;

/** Builds the server; `start` it next. Dispose of it always: that ends the process, whatever it is doing. */
export async function createServerProcess({ database, env = {} }: ServerProcessOptions): Promise<ServerProcess> {
  const built = await buildServer();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const isServer = /^postgres(ql)?:/.test(database);
  const variables = {
    PATH: process.env['PATH'] ?? '',
    PORT: String(port),
    LOG_LEVEL: 'error',
    [isServer ? 'DATABASE_URL' : 'DATA_DIR']: database,
    ...(isServer && { SECRET_KEY: 'only for tests and long enough for them' }),
    ...env,
  };
  let running: Running | null = null;

  async function kill(): Promise<void> {
    running?.child.kill('SIGKILL');
    await running?.exited;
    running = null;
  }

  return {
    url,
    port,
    get pid() {
      return running?.child.pid;
    },
    async start() {
      if (running !== null) throw new Error('The server runs already.');
      const began = performance.now();
      running = run(built.main, variables);
      await untilReady(running, port);
      return performance.now() - began;
    },
    kill,
    async stop() {
      running?.child.kill('SIGTERM');
      const end = await running?.exited;
      const output = running?.output();
      running = null;
      if (end !== undefined && end !== 0) throw new Error(`The server ended with ${end}: ${output}`);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await built[Symbol.asyncDispose]();
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  /** The exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
  readonly output: () => string;
}

/** Runs in the server first: whatever becomes of the tests, and however, the server ends with them. */
const endWithParent = "data:text/javascript,process.stdin.on('close', () => process.exit(1)).resume().unref()";

function run(main: string, env: Record<string, string>): Running {
  const args = ['--enable-source-maps', '--import', endWithParent, main];
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-10_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  return { child, exited, output: () => output };
}

async function untilReady({ exited, output }: Running, port: number): Promise<void> {
  const end = { how: null as number | string | null };
  void exited.then((how) => (end.how = how));
  const deadline = performance.now() + startLimit;
  while (performance.now() < deadline) {
    if (end.how !== null) throw new Error(`The server ended with ${end.how} before it was ready: ${output()}`);
    const signal = AbortSignal.timeout(1_000);
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`The server was not ready after ${startLimit} ms: ${output()}`);
}
