import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that its CPU is told from the load generator's. */
export interface ChildServer extends AsyncDisposable {
  readonly pid: number;
  /** `http://localhost:12345` */
  readonly url: string;
}

const nodeArguments = (process.env['BENCH_NODE'] ?? '').split(' ').filter((argument) => argument !== '');
const built = fileURLToPath(new URL('../../../../apps/server/dist/main.js', import.meta.url));

/**
 * The server as it is shipped (`pnpm build` made it), without a pace for the people in it. To profile it:
 * `BENCH_NODE='--cpu-prof --cpu-prof-dir=profile' pnpm bench manyRooms`.
 */
export async function startBuiltServer(environment: Readonly<Record<string, string>>): Promise<ChildServer> {
  const settings = { PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: '', COMMANDS_PER_SECOND: '1000000', LOG_LEVEL: 'warn' };
  return await started(
    spawn(process.execPath, [...nodeArguments, built], {
      env: { ...process.env, ...settings, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

/** A script beside this file that prints its address when it listens. */
export async function startScript(name: string, ...args: readonly string[]): Promise<ChildServer> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  return await started(
    spawn(process.execPath, [...process.execArgv, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

async function started(child: ChildProcess): Promise<ChildServer> {
  const exited = once(child, 'exit');
  const url = await addressOf(child);
  return {
    pid: child.pid ?? 0,
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The first address in what it prints; rejects when it ends before. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('Nobody can hear this process.');
  for await (const line of createInterface({ input: stdout })) {
    const [url] = /http:\/\/[\w.]+:\d+/.exec(line) ?? [];
    if (url === undefined) continue;
    stdout.resume();
    return url;
  }
  throw new Error('The server did not start. Is it built? pnpm build');
}
