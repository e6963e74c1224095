import type { Person } from '../person.ts';
import type { RawSocket } from '../raw-socket.ts';

/** A room with one rectangle, and a socket that moves it. */
export interface Pen extends AsyncDisposable {
  readonly roomId: string;
  readonly socket: RawSocket;
}

/** A load runs for at most this long, whatever happens to whoever started it; milliseconds. */
const longest = 120_000;
/** How often each pen sends, milliseconds. */
const beat = 10;
/** Requests of one pen that may be unanswered; above that it waits, and the load is smaller than was asked for. */
const mostUnanswered = 20;

/** Opens a room in this person's name. The pen also watches: the stream holds the seat that its commands need. */
export async function openPen(owner: Person): Promise<Pen> {
  const roomId = await owner.createBoard();
  const element = { id: 'mover', type: 'rectangle', x: 0, y: 0, width: 9, height: 9 };
  const commands = [{ seq: 1, name: 'edit', input: { ops: [{ op: 'put', element }] } }];
  await owner.mutate('rooms.send', { roomId, clientId: 'first', commands });
  const socket = await owner.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  return { roomId, socket, [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose]() };
}

export interface SteadyLoad {
  /** Resolves when what was sent is answered, with the acknowledged commands per second. */
  stop(): Promise<number>;
}

/** Moves all rectangles by 1, again and again, `perSecond` times in all rooms together. */
export function startLoad(pens: readonly Pen[], perSecond: number): SteadyLoad {
  const began = performance.now();
  const each = pens.map((pen) => startPen(pen, perSecond / pens.length));
  const stop = async () => {
    clearTimeout(limit);
    const counts = await Promise.all(each.map((one) => one.stop()));
    return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1_000);
  };
  const limit = setTimeout(() => void stop(), longest);
  return { stop };
}

function startPen({ roomId, socket }: Pen, perSecond: number): { stop(): Promise<number> } {
  const began = performance.now();
  const unanswered = new Set<number>();
  let seq = 0;
  let onAnswer = () => {};
  // It reads nothing again: kept frames would only fill the memory.
  const onMessage = () => {
    for (const { id, result } of socket.frames.splice(0)) {
      if (result?.type === 'data' && unanswered.delete(id ?? 0)) onAnswer();
    }
    socket.times.length = 0;
  };
  socket.ws.on('message', onMessage);
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond) - seq;
    if (due <= 0 || unanswered.size >= mostUnanswered) return;
    const commands = Array.from({ length: Math.min(due, 100) }, () => ({ seq: (seq += 1), ...move }));
    unanswered.add(socket.send('mutation', 'rooms.send', { roomId, clientId: 'pen', commands }));
  }, beat);
  return {
    async stop() {
      clearInterval(timer);
      while (unanswered.size > 0) await new Promise<void>((resolve) => (onAnswer = resolve));
      socket.ws.off('message', onMessage);
      return seq;
    },
  };
}

const move = { name: 'edit', input: { ops: [{ op: 'move', ids: ['mover'], dx: 1, dy: 0 }] } };
