import { type Mail, type Mailer, MailFailed } from './mailer.ts';

/** Sends in the background: whoever causes a mail neither waits for it nor learns whether there was one. */
export interface MailQueue {
  /** Writes a mail (reading the database for it) and sends it; null: there is nothing to send. */
  push(write: () => Promise<Mail | null>): void;
  /** Resolves when nothing is under way, and nothing waits to be tried again. */
  idle(): Promise<void>;
  /** Takes no more, tries once more what waits to be tried again, and resolves when all is sent or after `patience` ms. */
  drain(patience: number): Promise<void>;
}

export interface MailQueueOptions {
  readonly mailer: Mailer;
  /** A mail was given up, or (`isLast` false) will be tried again. */
  readonly onFailure: (error: unknown, isLast: boolean) => void;
  /** Milliseconds to wait after each failure; afterwards it is given up. */
  readonly delays?: readonly number[];
  /** For tests. */
  readonly wait?: (delay: number, over: AbortSignal) => Promise<void>;
}

/** What is more than this is given up at once: a mail server that is down must not fill the memory. */
const most = 1_000;

export function createMailQueue({
  mailer,
  onFailure,
  delays = [1_000, 10_000, 60_000],
  wait = timeout,
}: MailQueueOptions): MailQueue {
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();

  async function deliver(write: () => Promise<Mail | null>): Promise<void> {
    let mail: Mail | null = null;
    for (let attempt = 0; ; attempt += 1) {
      try {
        mail ??= await write();
        if (mail) await mailer.send(mail);
        return;
      } catch (error) {
        const isOver = closing.signal.aborted || isHopeless(error);
        const delay = isOver ? undefined : delays[attempt];
        onFailure(error, delay === undefined);
        if (delay === undefined) return;
        await wait(delay, closing.signal);
      }
    }
  }

  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    idle,
    push(write) {
      if (closing.signal.aborted || underWay.size >= most) return onFailure(new MailFailed('queue full', true), true);
      const delivery = deliver(write).finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    },
    async drain(patience) {
      closing.abort();
      const late = new AbortController();
      await Promise.race([idle(), timeout(patience, late.signal)]);
      late.abort();
    },
  };
}

function isHopeless(error: unknown): boolean {
  return error instanceof MailFailed && error.isPermanent;
}

/** Resolves after the delay, or at once when it is over already. */
function timeout(delay: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve();
    const timer = setTimeout(resolve, delay);
    over.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
