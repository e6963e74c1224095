import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A real process running a TypeScript file, so that it can be killed like one. */
export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The next line it prints; rejects with what it wrote to stderr when it ends first. */
  nextLine(): Promise<string>;
  /** SIGKILL, and wait until it is gone. Returns the lines that nobody had read yet. */
  kill(): Promise<readonly string[]>;
}

export function startProcess(script: URL, args: readonly string[]): TestProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const next = waiting.shift();
    if (next) next.resolve(line);
    else lines.push(line);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const next of waiting.splice(0)) next.reject(new Error(`The process ended: ${errors}`));
      resolve();
    });
  });
  const kill = async (): Promise<readonly string[]> => {
    child.kill('SIGKILL');
    await closed;
    return lines.splice(0);
  };
  return {
    child,
    nextLine: async () => {
      const line = lines.shift();
      if (line !== undefined) return line;
      return await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    kill,
    [Symbol.asyncDispose]: async () => void (await kill()),
  };
}
