import { openTestDatabase } from '@atrium/db/testing';
import { readConfig, startServer } from '@atrium/server';
import { expect, test } from 'vitest';
import { Person, Program, type RawSocket } from '../src/index.ts';

test('A93 no token is in the log, whatever goes wrong with it, nor in any row', async () => {
  const lines: string[] = [];
  const database = await openTestDatabase();
  const logTo = { write: (line: string) => void lines.push(line) };
  const server = await startServer({ ...readConfig({}), logLevel: 'trace', port: 0 }, { database, logTo });
  const ada = await Person.signUp(server.url);
  await database.withScope(
    { system: 'test' },
    async (tx) => void (await tx.execute('update users set confirmed_at = now()')),
  );
  const bot = await Program.of(ada, ['account:read', 'rooms:read']);
  const secrets = [bot.issued.accessToken, bot.issued.refreshToken];
  const { accessToken, refreshToken } = await bot.refresh();
  secrets.push(accessToken, refreshToken);
  await bot.query('auth.me');

  // Refused, broken off, and failed inside.
  await expect(bot.mutate('rooms.create', { kind: 'board', title: 'x' })).rejects.toThrow('PERMISSION_MISSING');
  await expectClosed(await bot.openSocket(`${accessToken}x`));
  await database.asOwner('alter table api_tokens rename to api_tokens_away');
  await expect(bot.query('auth.me')).rejects.toThrow('INTERNAL');
  await expect(bot.refresh()).rejects.toThrow('INTERNAL');
  await expectClosed(await bot.openSocket());
  await database.asOwner('alter table api_tokens_away rename to api_tokens');

  const log = lines.join('');
  expect(log).toContain('call failed');
  expect(log).toContain('socket failed to open');
  const rows: unknown[] = [];
  for (const table of ['api_tokens', 'signing_keys', 'audit_events', 'users', 'sessions']) {
    rows.push(await database.withScope({ system: 'test' }, (tx) => tx.execute(`select * from ${table}`)));
  }
  const dump = JSON.stringify(rows);
  expect(dump).toContain(bot.issued.id);
  const parts = secrets.flatMap((secret) => [secret, secret.split('.').at(-1) ?? secret]);
  expect(parts.filter((part) => log.includes(part) || dump.includes(part))).toEqual([]);
  await server.close();
});

async function expectClosed(socket: RawSocket): Promise<void> {
  expect((await socket.closed).code).not.toBe(1000);
}
