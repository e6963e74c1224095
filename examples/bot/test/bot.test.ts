import { Person, Program, startTestServer, type TestServer, until } from '@atrium/testkit';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The bot as a process of its own, against a real server. */

const folder = mkdtempSync(join(tmpdir(), 'atrium-bot-'));
const file = join(folder, 'token.json');
let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer();
  ada = await Person.signUp(server.url);
  await server.runSql(sql`update users set confirmed_at = now()`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server[Symbol.asyncDispose]();
});

interface Running extends AsyncDisposable {
  readonly output: () => string;
  /** The exit code. */
  readonly exited: Promise<unknown>;
}

function start(roomId: string): Running {
  const env = { ...process.env, ATRIUM_URL: server.url, ATRIUM_ROOM: roomId, ATRIUM_TOKEN_FILE: file };
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: 'pipe' });
  const exited = once(child, 'exit').then(([code]) => code as unknown);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    output: () => output,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('A106 the bot draws in the name of its person, keeps its token good, and stops with a sentence when it is revoked', async () => {
  const roomId = await ada.createBoard();
  const { user } = await ada.query<{ user: { id: string } }>('auth.me');
  const { issued } = await Program.of(ada, ['rooms:read', 'rooms:write']);
  // An access token that is over: the bot begins with a refresh.
  writeFileSync(file, JSON.stringify({ ...issued, accessToken: 'over' }), { mode: 0o600 });
  await using bot = start(roomId);
  const drawn = async () => (await server.readLog(roomId)).flatMap(({ commands }) => commands);
  await until(async () => (await drawn()).length > 3, { what: 'strokes in the log', patience: 15_000 });
  expect((await drawn())[0]).toMatchObject({ userId: user.id, name: 'edit', result: { ok: true } });
  const kept = JSON.parse(readFileSync(file, 'utf8')) as typeof issued;
  expect(kept.refreshToken).not.toBe(issued.refreshToken);
  await ada.mutate('tokens.revoke', { id: issued.id });
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toContain('Somebody has revoked this token');
  for (const secret of [kept.accessToken, kept.refreshToken]) expect(bot.output()).not.toContain(secret);
});

test('A106 a token file that others may read is refused with a sentence', async () => {
  writeFileSync(file, '{}');
  chmodSync(file, 0o644);
  await using bot = start('a room');
  expect(await bot.exited).toBe(1);
  expect(bot.output()).toMatch(/^Others may read .* chmod 600 .*\n$/);
});
