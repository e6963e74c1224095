import { randomUUID } from 'node:crypto';
import { mailOf, tokenIn } from './mail-of.ts';
import { RawSocket } from './raw-socket.ts';

/** What a refused call throws: exactly what the server said. */
export class CallRefused extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(`${reason}: ${message}`);
    this.name = 'CallRefused';
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Someone with a cookie jar of two cookies, who speaks plain HTTP and raw frames: no client of ours is between the test
 * and the server.
 */
export class Person {
  readonly url: string;
  /** The session's. */
  cookie = '';
  /** By which the browser is known; it stays when the person signs out. */
  deviceCookie = '';
  /** Every address that was called, in order. */
  readonly called: string[] = [];
  /** Empty for a guest. */
  email = '';

  constructor(url: string) {
    this.url = url;
  }

  /** Signs up with a fresh address, and confirms it. */
  static async signUp(url: string, name = 'Ada'): Promise<Person> {
    const person = await Person.register(url, name);
    await person.mutate('auth.confirmEmail', { token: tokenIn(await mailOf(url, person.email)) });
    return person;
  }

  /** The same, without confirming it. */
  static async register(url: string, name = 'Ada'): Promise<Person> {
    const person = new Person(url);
    person.email = `${randomUUID()}@example.org`;
    await person.mutate('auth.register', { email: person.email, password: 'correct horse', name });
    return person;
  }

  static async guest(url: string, name = 'Guest'): Promise<Person> {
    const person = new Person(url);
    await person.mutate('auth.guest', { name });
    return person;
  }

  async query<T = unknown>(path: string, input?: unknown): Promise<T> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#read<T>(await this.#fetch(`${path}${search}`, { headers: this.#headers() }));
  }

  async mutate<T = unknown>(path: string, input?: unknown): Promise<T> {
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    const headers = { ...this.#headers(), 'content-type': 'application/json' };
    return this.#read<T>(await this.#fetch(path, { method: 'POST', headers, ...body }));
  }

  /** Another tab, with the cookie as it is now. Rejects with the status when the upgrade is refused. */
  openSocket(): Promise<RawSocket> {
    return RawSocket.open(this.url, { origin: this.url, ...(this.cookie !== '' && { cookie: this.cookie }) });
  }

  /** Opens a board in this person's name; answers its id. */
  async createBoard(title = 'A board'): Promise<string> {
    const room = await this.mutate<{ id: string }>('rooms.create', { kind: 'board', title });
    return room.id;
  }

  /** Lets `guest` into the room through an invitation, as the app does. */
  async letIn(guest: Person, roomId: string, role: 'editor' | 'viewer'): Promise<void> {
    const { token } = await this.mutate<{ token: string }>('invites.create', { roomId, role });
    await guest.mutate('invites.accept', { token });
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const address = `${this.url}/trpc/${path}`;
    this.called.push(address);
    return fetch(address, init);
  }

  #headers(): Record<string, string> {
    const cookies = [this.cookie, this.deviceCookie].filter((cookie) => cookie !== '').join('; ');
    return { origin: this.url, ...(cookies !== '' && { cookie: cookies }) };
  }

  async #read<T>(response: Response): Promise<T> {
    for (const header of response.headers.getSetCookie()) {
      const cookie = header.split(';')[0] ?? '';
      if (/^(__Host-)?atrium_device=/.test(cookie)) this.deviceCookie = cookie;
      else this.cookie = cookie.endsWith('=') ? '' : cookie;
    }
    const answer = (await response.json()) as Answer<T>;
    if ('error' in answer) throw new CallRefused(response.status, answer.error.data.reason, answer.error.message);
    return answer.result.data;
  }
}

type Answer<T> = { result: { data: T } } | { error: { message: string; data: { reason: string } } };
