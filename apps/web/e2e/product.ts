import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

/** The product as it ships: the built server in a process of its own, with the built app and a data folder. */
export class Product implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  #process: ChildProcess | null = null;
  /** What the server has printed since it was started last. */
  #said = '';

  private constructor(port: number, folder: string, env: Readonly<Record<string, string>>) {
    this.url = `http://localhost:${port}`;
    this.#port = port;
    this.#folder = folder;
    this.#env = env;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<Product> {
    const product = new Product(await freePort(), await mkdtemp(join(tmpdir(), 'atrium-e2e-')), env);
    await product.#launch();
    return product;
  }

  /** The link that the server prints while it has no administrator; undefined where it has printed none (yet). */
  get setupLink(): string | undefined {
    return /First administrator: (\S+)/.exec(this.#said)?.[1];
  }

  /** Ends the process in order (or, with SIGKILL, in the middle of whatever it does) and starts it on the same data. */
  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#end(signal);
    await this.#launch();
  }

  /** Something that only the database can do yet: `work` gets its folder while the server is away. */
  async whileAway(work: (folder: string) => Promise<void>): Promise<void> {
    await this.#end('SIGTERM');
    await work(join(this.#folder, 'data'));
    await this.#launch();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #launch(): Promise<void> {
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      PORT: String(this.#port),
      DATA_DIR: join(this.#folder, 'data'),
      LOG_LEVEL: 'warn',
      ...this.#env,
    };
    const launched = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = launched;
    this.#said = '';
    await new Promise<void>((resolve, reject) => {
      launched.stdout.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString();
        if (this.#said.includes('Atrium is open')) resolve();
      });
      launched.once('exit', () => reject(new Error(`The server did not start: ${this.#said}`)));
    });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
