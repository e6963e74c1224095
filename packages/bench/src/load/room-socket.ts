import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Where somebody draws: a server and what it needs to know. */
export interface Seat {
  /** `ws://…` */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly roomId: string;
}

const atOnce = 50;
/** The wire id of the stream; every other id is the answer to a command. */
const streamId = 1;
const firstBytes = Buffer.from(`{"id":${streamId},`);

/**
 * One person with one tab: watches a room and draws in it. Cheap on purpose, because it shares the machine with the
 * server: an answer is known by its first bytes, and nothing is parsed but what went wrong.
 */
export class RoomSocket {
  /** Diffs that came. */
  events = 0;
  readonly #ws: WebSocket;
  readonly #roomId: string;
  readonly #clientId = randomUUID();
  #seq = 0;
  #onAnswer: () => void = () => {};
  /** Called for each of them. */
  onEvent: () => void = () => {};

  private constructor(ws: WebSocket, roomId: string) {
    this.#ws = ws;
    this.#roomId = roomId;
    ws.on('message', (data: Buffer) => {
      if (data.subarray(0, firstBytes.length).equals(firstBytes)) {
        this.events += 1;
        this.onEvent();
      } else if (data.includes('"result"')) this.#onAnswer();
      else if (data.toString() === 'PING') ws.send('PONG');
      else throw new Error(`A command was refused: ${data.toString().slice(0, 300)}`);
    });
  }

  /** Resolves when the snapshot is there. A bare server sends none: `isBare`. */
  static async open({ url, headers, roomId }: Seat, { isBare = false } = {}): Promise<RoomSocket> {
    const ws = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
    const socket = new RoomSocket(ws, roomId);
    await once(ws, 'open');
    if (isBare) return socket;
    const snapshot = new Promise<void>((resolve) => {
      // `started` comes first.
      socket.onEvent = () => socket.events === 2 && resolve();
    });
    ws.send(
      JSON.stringify({ id: streamId, method: 'subscription', params: { path: 'rooms.watch', input: { roomId } } }),
    );
    await snapshot;
    socket.onEvent = () => {};
    return socket;
  }

  /** Some at a time, in this order. */
  static async openAll(seats: readonly Seat[], opts: { isBare?: boolean } = {}): Promise<readonly RoomSocket[]> {
    const sockets: RoomSocket[] = [];
    for (let first = 0; first < seats.length; first += atOnce) {
      const next = seats.slice(first, first + atOnce);
      sockets.push(...(await Promise.all(next.map((seat) => RoomSocket.open(seat, opts)))));
    }
    return sockets;
  }

  /** Sends `count` commands in one call; `onAnswer` is called when they are acknowledged. One call at a time. */
  draw(onAnswer: () => void, count = 1): void {
    this.#onAnswer = onAnswer;
    const commands = Array.from({ length: count }, () => this.#nextCommand()).join(',');
    const input = `{"roomId":"${this.#roomId}","clientId":"${this.#clientId}","commands":[${commands}]}`;
    this.#ws.send(`{"id":${this.#seq + 1},"method":"mutation","params":{"path":"rooms.send","input":${input}}}`);
  }

  #nextCommand(): string {
    this.#seq += 1;
    return `{"seq":${this.#seq},"name":"setMeta","input":{"background":"${this.#seq % 2 === 0 ? '#ffffff' : '#fafafa'}"}}`;
  }

  close(): void {
    this.#ws.terminate();
  }
}
