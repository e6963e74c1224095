import type { SentCommand } from '@atrium/rooms';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { TestServer } from '../src/index.ts';

/** Draws in a room past every policy and without a socket, as an owner. Answers the version that shows it. */
export class Pen {
  readonly #server: TestServer;
  readonly #roomId: string;
  readonly #userId = randomUUID();
  #seq = 0;
  #joined: Promise<void> | null = null;

  constructor(server: TestServer, roomId: string) {
    this.#server = server;
    this.#roomId = roomId;
  }

  /** A change of some 200 bytes. */
  draw(): Promise<number> {
    return this.#send('setMeta', { background: this.#seq % 2 === 0 ? '#ffffff' : '#fafafa' });
  }

  /** Puts texts of at most 10,000 characters each; the first one at `x`. */
  write(id: string, texts: readonly string[], x = 0): Promise<number> {
    const ops = texts.map((text, n) => ({
      op: 'put',
      element: { id: `${id}-${n}`, type: 'text', x: n === 0 ? x : 0, y: 0, text },
    }));
    return this.#send('edit', { ops });
  }

  /** The log asks who is an owner here. */
  async #join(): Promise<void> {
    await this.#server.runSql(sql`insert into users (id, name, is_guest) values (${this.#userId}, 'Pen', true)`);
    await this.#server.runSql(sql`insert into room_members (room_id, user_id, role)
      values (${this.#roomId}, ${this.#userId}, 'owner')`);
  }

  async #send(name: string, input: SentCommand['input']): Promise<number> {
    this.#seq += 1;
    const commands = [{ seq: this.#seq, name, input }];
    await (this.#joined ??= this.#join());
    const room = { roomId: this.#roomId, kind: 'board' };
    const actor = () => ({ userId: this.#userId, name: 'Pen', role: 'owner' as const });
    const { ver, results } = await this.#server.hub.send(room, actor, { clientId: 'pen', commands });
    const [result] = results;
    if (result?.ok !== true) throw new Error(`Not drawn: ${result?.message}`);
    return ver;
  }
}
