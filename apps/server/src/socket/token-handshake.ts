import { startTimer } from '@atrium/auth';
import type { RawData, WebSocket } from 'ws';

/** What a program says first, and what it said behind it. */
export interface Handshake {
  readonly token: string;
  /** Emits what arrived in the meantime, in order, to whoever listens by now. Call it once, before the socket goes on. */
  readonly replay: () => void;
}

/** Bytes; an access token is a tenth of it. */
const longest = 8 * 1024;

/**
 * The token of a program, from the first message of its socket. Null when that is something else, when nothing came
 * within `patience` (ms), or when the peer is gone. Afterwards the socket is paused; what the network had delivered with
 * the first message is kept, which is less than the system reads at once.
 */
export function readToken(ws: WebSocket, patience: number): Promise<Handshake | null> {
  return new Promise((resolve) => {
    const waiting: [RawData, boolean][] = [];
    let isFirst = true;
    const finish = (handshake: Handshake | null) => {
      stop();
      ws.off('close', onClose);
      if (!handshake) ws.off('message', onMessage);
      resolve(handshake);
    };
    const onClose = () => finish(null);
    const onMessage = (data: RawData, isBinary: boolean) => {
      if (!isFirst) return void waiting.push([data, isBinary]);
      isFirst = false;
      ws.pause();
      const token = isBinary ? null : tokenIn(data);
      finish(token === null ? null : { token, replay });
    };
    const replay = () => {
      ws.off('message', onMessage);
      for (const message of waiting) ws.emit('message', ...message);
    };
    const stop = startTimer(patience, () => finish(null));
    ws.on('close', onClose);
    ws.on('message', onMessage);
  });
}

/** `{"method":"connectionParams","data":{"token":"…"}}`, as tRPC's client writes it. */
function tokenIn(data: RawData): string | null {
  if (!Buffer.isBuffer(data) || data.length > longest) return null;
  try {
    const message = JSON.parse(data.toString()) as { method?: unknown; data?: { token?: unknown } | null } | null;
    const token = message?.data?.token;
    return message?.method === 'connectionParams' && typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}
