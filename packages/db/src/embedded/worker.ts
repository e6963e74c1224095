/**
 * The thread in which the embedded database lives. It answers `Request`s in order and knows nothing of scopes: the
 * main thread keeps transactions apart (backend.ts). It must be a thread, because PGlite resolves its promises
 * without ever letting timers or sockets have a turn.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { DriverError } from '../errors.ts';
import { syncTree } from './durable-fs.ts';
import { becomeOwner, type Engine, hasOwner, makeOwner, startEngine } from './engine.ts';
import { Housekeeper } from './housekeeper.ts';
import type { Answer, Counters, Numbered, QueryResult, Request, ThreadTask } from './messages.ts';

if (!parentPort) throw new Error('worker.ts runs only as a thread.');
const port = parentPort;
const send = (message: Answer): void => port.postMessage(message);

/** Ends the thread at once; the main thread sees it go, and refuses everything until the folder is open in a new one. */
function breakDown(reason: string): void {
  send({ type: 'broken', reason });
  process.exit(1);
}

async function create(folder: string): Promise<void> {
  const { pg } = await startEngine(folder, null, breakDown);
  await makeOwner(pg);
  await pg.close();
  syncTree(folder);
  send({ type: 'created' });
}

async function open(task: ThreadTask): Promise<void> {
  const engine = await startEngine(task.folder, task.image, breakDown);
  if (!(await hasOwner(engine.pg))) await makeOwner(engine.pg);
  await becomeOwner(engine.pg);
  engine.pg.onNotification((channel, payload) => send({ type: 'notification', channel, payload }));
  const { rows } = await engine.pg.query<{ version: string }>(`select current_setting('server_version') as version`);
  serve(engine);
  send({ type: 'ready', version: rows[0]?.version ?? 'unknown' });
}

function serve(engine: Engine): void {
  const housekeeper = new Housekeeper(engine.pg);
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(work);
  };
  port.on('message', ({ id, request }: Numbered) => {
    enqueue(async () => {
      try {
        send({ type: 'result', id, value: await answer(engine, housekeeper, request) });
      } catch (error) {
        send({ type: 'error', id, error: plain(error) });
      }
      if (request.type === 'close') process.exit(0);
    });
  });
  housekeeper.start(enqueue);
}

async function answer(engine: Engine, housekeeper: Housekeeper, request: Request): Promise<unknown> {
  const { pg } = engine;
  switch (request.type) {
    case 'begin':
      return await begin(engine, request.opening);
    case 'query': {
      const options = { rowMode: request.asArrays ? 'array' : 'object' } as const;
      const { rows, affectedRows } = await pg.query(request.text, [...request.values], options);
      return { rows, affectedRows: affectedRows ?? 0 } satisfies QueryResult;
    }
    case 'call': {
      const { rows } = await pg.query(request.text, [...request.values]);
      housekeeper.sawTransaction();
      return rows;
    }
    case 'script':
      await pg.exec(request.text);
      return null;
    case 'end': {
      const [result] = await pg.exec(request.how);
      housekeeper.sawTransaction();
      return result?.command ?? '';
    }
    case 'listen':
      await pg.exec(`listen ${request.channel}`);
      return null;
    case 'image': {
      await pg.exec('checkpoint');
      return new Uint8Array(await (await pg.dumpDataDir('none')).arrayBuffer());
    }
    case 'counters':
      return { fsyncs: engine.fsyncs(), ...housekeeper.counters } satisfies Counters;
    case 'close':
      housekeeper.stop();
      await pg.close();
      return null;
  }
}

async function begin({ pg }: Engine, opening: string): Promise<null> {
  try {
    await pg.exec(`begin; ${opening}`);
    return null;
  } catch (error) {
    await pg.exec('rollback');
    throw error;
  }
}

/** Only what the main thread may know; a cloned error would lose all of it. */
function plain(error: unknown): DriverError {
  if (!(error instanceof Error)) return { message: 'unknown' };
  const { message, code, constraint, table } = error as Error & Partial<DriverError>;
  return { message, code, constraint, table };
}

const task = workerData as ThreadTask;
await (task.task === 'create' && task.folder !== null ? create(task.folder) : open(task));
