import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DatabaseUnavailable, toDatabaseError } from '../errors.ts';
import type { Answer, Request, ThreadTask } from './messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The main thread's end of the embedded database's thread. Every request is answered or rejected, even by death. */
export class Thread {
  readonly version: Promise<string>;
  onNotification: (channel: string, payload: string) => void = () => {};
  onDeath: () => void = () => {};
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #death: DatabaseUnavailable | undefined;

  constructor(workerUrl: URL, task: ThreadTask) {
    this.#worker = new Worker(workerUrl, { workerData: task, execArgv: [], stdout: false });
    this.version = new Promise((resolve, reject) => {
      this.#worker.on('message', (answer: Answer) => this.#take(answer, resolve));
      this.#worker.once('error', (error) => this.#die(error.message, reject));
      this.#worker.once('exit', () => this.#die('it ended', reject));
    });
    this.version.catch(() => {});
  }

  async send(request: Request): Promise<unknown> {
    this.assertAlive();
    const id = this.#nextId++;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  /** Throws what every request would be refused with. */
  assertAlive(): void {
    if (this.#death) throw this.#death;
  }

  /** Lets the process end while the database is idle; `ref` undoes it. */
  unref(): void {
    this.#worker.unref();
  }

  ref(): void {
    this.#worker.ref();
  }

  /** Ends the thread in the middle of what it does; resolves when nothing of it runs any more. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  async close(): Promise<void> {
    if (this.#death) return await this.kill();
    const exited = once(this.#worker, 'exit');
    this.onDeath = () => {};
    await this.send({ type: 'close' });
    await exited;
  }

  #take(answer: Answer, ready: (version: string) => void): void {
    switch (answer.type) {
      case 'ready':
        ready(answer.version);
        return;
      case 'result':
        this.#settle(answer.id)?.resolve(answer.value);
        return;
      case 'error':
        this.#settle(answer.id)?.reject(toDatabaseError(Object.assign(new Error(answer.error.message), answer.error)));
        return;
      case 'notification':
        this.onNotification(answer.channel, answer.payload);
        return;
      case 'broken':
        this.#die(answer.reason, () => {});
        return;
      case 'created':
        return;
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #die(reason: string, failStart: (error: Error) => void): void {
    this.#death ??= new DatabaseUnavailable(`The embedded database stopped (${reason}).`);
    failStart(this.#death);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#death);
    this.#waiting.clear();
    const tell = this.onDeath;
    this.onDeath = () => {};
    tell();
  }
}

/** Runs a thread that makes a new data folder and ends; its memory is given back with it. */
export async function createInThread(workerUrl: URL, folder: string): Promise<void> {
  const worker = new Worker(workerUrl, {
    workerData: { task: 'create', folder, image: null } satisfies ThreadTask,
    execArgv: [],
  });
  let isCreated = false;
  let reason = 'it ended early';
  worker.on('message', (answer: Answer) => {
    if (answer.type === 'created') isCreated = true;
    if (answer.type === 'broken') reason = answer.reason;
  });
  worker.on('error', (error) => (reason = error.message));
  await new Promise((resolve) => worker.once('exit', resolve));
  if (!isCreated) throw new DatabaseUnavailable(`The database could not be created (${reason}).`);
}
