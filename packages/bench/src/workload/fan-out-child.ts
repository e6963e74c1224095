import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own for one side of the measurement. It answers every message with one, in their order. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = [];

  constructor(script: URL) {
    this.#process = fork(script, { execArgv: ['--import', 'tsx', '--expose-gc'] });
    this.#process.on('message', (answer) => this.#waiting.shift()?.resolve(answer as never));
    this.#process.on('exit', (code) => {
      for (const { reject } of this.#waiting.splice(0))
        reject(new Error(`A process of the measurement ended: ${code}`));
    });
  }

  ask<Answer>(message: object): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.send(message);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** The other side of `Child`: answers each message of the parent when `run` has, one after the other. */
export function answerParent(run: (order: never) => Promise<object> | object): void {
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (order) => {
    last = last.then(async () => process.send?.(await run(order as never)));
    last.catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
}
