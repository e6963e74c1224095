import type { Wire } from '@atrium/api';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

/**
 * One socket for two writers. Frames written past the WebSocket library are in order with its own as long as nothing is
 * compressed: then it hands each frame to the same TCP socket before its call returns, and keeps nothing back.
 */
export class SocketWire implements Wire {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  #isSilent = false;
  #waiting: (() => void)[] = [];

  constructor(ws: WebSocket, socket: Socket) {
    this.#ws = ws;
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  get unread(): number {
    return this.#socket.writableLength;
  }

  tell(frames: Buffer, mostUnread: number): boolean {
    if (this.#isSilent || this.#ws.readyState !== WebSocket.OPEN) return false;
    if (this.#socket.writableLength > mostUnread) return false;
    this.#socket.write(frames);
    return true;
  }

  silence(): void {
    this.#isSilent = true;
  }

  begin(text: string): void {
    this.#ws.send(text, { fin: false });
  }

  send(text: string | Buffer): void {
    this.#ws.send(text, { binary: false });
  }

  /** One listener on the socket, however many lanes wait. */
  onDrained(listener: () => void): void {
    if (this.#waiting.push(listener) > 1) return;
    this.#socket.once('drain', () => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const each of waiting) each();
    });
  }
}
