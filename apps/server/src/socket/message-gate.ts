import type { SocketConnection } from '@atrium/api';
import type { RawData, WebSocket } from 'ws';
import { closeCodes } from './close-codes.ts';

/** Messages a second, and at once, before a socket is read more slowly. Far above what a person's client sends. */
const perSecond = 400;
const burst = 1_000;

/**
 * Looks at each message before the adapter does: binary frames close the socket, a flood is read at the rate above
 * (the rest waits in the sender), and nothing is heard after the session ended. `emit` is wrapped because the adapter
 * adds its own listener later.
 */
export function guardMessages(ws: WebSocket, connection: SocketConnection): void {
  const emit = ws.emit.bind(ws);
  let tokens = burst;
  let filledAt = performance.now();
  const fill = () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
  };
  /** What had arrived before the pause is still emitted, so the debt is looked at again when it should be paid. */
  const rest = () => {
    fill();
    if (tokens >= 0) ws.resume();
    else setTimeout(rest, (-tokens / perSecond) * 1000).unref();
  };

  ws.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event !== 'message') return emit(event, ...args);
    if (connection.ended) return true;
    const [, isBinary] = args as [RawData, boolean];
    if (isBinary) {
      ws.close(closeCodes.misuse, 'text only');
      return true;
    }
    fill();
    tokens -= 1;
    if (tokens < 0 && !ws.isPaused) {
      ws.pause();
      rest();
    }
    return emit(event, ...args);
  };
}
