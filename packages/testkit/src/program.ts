import { CallRefused, type Person } from './person.ts';
import { RawSocket } from './raw-socket.ts';

/** What `tokens.create` answers. */
export interface Issued {
  readonly id: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: string;
  readonly expiresAt: string;
}

/** A program that acts for somebody by an API token: plain HTTP and raw frames, no page, no cookie. */
export class Program {
  readonly url: string;
  issued: Issued;
  /** More headers on each request. */
  headers: Readonly<Record<string, string>> = {};

  constructor(url: string, issued: Issued) {
    this.url = url;
    this.issued = issued;
  }

  /** Made in the settings of a person whose address is confirmed and who has just signed in. */
  static async of(person: Person, permissions: readonly string[], expiresIn?: number): Promise<Program> {
    const wanted = { name: 'Bot', permissions, ...(expiresIn !== undefined && { expiresIn }) };
    return new Program(person.url, await person.mutate<Issued>('tokens.create', wanted));
  }

  async query<T = unknown>(path: string, input?: unknown): Promise<T> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return read<T>(await fetch(`${this.url}/trpc/${path}${search}`, { headers: this.#all() }));
  }

  async mutate<T = unknown>(path: string, input?: unknown): Promise<T> {
    const headers = { ...this.#all(), 'content-type': 'application/json' };
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    return read<T>(await fetch(`${this.url}/trpc/${path}`, { method: 'POST', headers, ...body }));
  }

  /** Takes the next pair. */
  async refresh(refreshToken = this.issued.refreshToken): Promise<Issued> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ refreshToken }) };
    this.issued = await read<Issued>(await fetch(`${this.url}/trpc/tokens.refresh`, init));
    return this.issued;
  }

  /** The socket is open; whether the token is good shows afterwards. */
  async openSocket(token = this.issued.accessToken): Promise<RawSocket> {
    const socket = await RawSocket.open(this.url, {}, '/trpc?connectionParams=1');
    socket.ws.send(JSON.stringify({ method: 'connectionParams', data: { token } }));
    return socket;
  }

  #all(): Record<string, string> {
    return { authorization: `Bearer ${this.issued.accessToken}`, ...this.headers };
  }
}

async function read<T>(response: Response): Promise<T> {
  const answer = (await response.json()) as Answer<T>;
  if ('error' in answer) throw new CallRefused(response.status, answer.error.data.reason, answer.error.message);
  return answer.result.data;
}

type Answer<T> = { result: { data: T } } | { error: { message: string; data: { reason: string } } };
