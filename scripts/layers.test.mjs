import { expect, test } from 'vitest';
import { violationsOf } from './layers.mjs';

const messages = (path, source) => violationsOf({ path, source }).map((each) => each.message);
const broken = (path, source) => messages(path, source).length > 0;

test.each([
  ['packages/rooms/src/room/actor.ts', "import { fail } from '@atrium/db';"],
  ['packages/kinds/src/board/edit.ts', "import { RoomHub } from '@atrium/rooms';"],
  ['packages/kinds/src/board/edit.ts', "import type { RoomHub } from '@atrium/rooms';"],
  ['packages/db/src/log/room-log.ts', "import { memoryLog } from '@atrium/rooms/testing';"],
  ['packages/auth/src/session/token.ts', "import { AppRouter } from '@atrium/api';"],
  ['packages/ui/src/button.tsx', "import { board } from '@atrium/kinds/board';"],
  ['packages/client/src/connection.ts', "import { startServer } from '@atrium/server';"],
  ['packages/bench/src/fan-out.ts', "import { startServer } from '@atrium/server';"],
  ['apps/web/src/board/scene.ts', "import { hostileValue } from '@atrium/kinds/testing';"],
  ['apps/web/src/main.tsx', "import '@atrium/db';"],
  ['examples/bot/src/main.ts', "import { appRouter } from '@atrium/api';"],
  ['apps/web/src/main.tsx', "const db = await import('@atrium/db');"],
  ['apps/web/src/main.tsx', "export * from '@atrium/db';"],
  ['apps/web/src/main.tsx', "type Db = import('@atrium/db').Database;"],
])('a layer that is not allowed is found: %s %s', (path, source) => {
  expect(broken(path, source)).toBe(true);
});

test.each(['packages/client/src/atrium-client.ts', 'apps/web/src/pages/rooms.tsx'])(
  'the contract reaches the browser as types only: %s',
  (path) => {
    expect(broken(path, "import type { AppRouter } from '@atrium/api';")).toBe(false);
    expect(broken(path, "export type { AppRouter } from '@atrium/api';")).toBe(false);
    expect(broken(path, "import { createAppRouter } from '@atrium/api';")).toBe(true);
    expect(broken(path, "import { type AppRouter } from '@atrium/api';")).toBe(true);
    expect(broken(path, "export { reasons } from '@atrium/api';")).toBe(true);
  },
);

test('each kind of room has its own path', () => {
  expect(broken('apps/web/src/board/scene.ts', "import { boardKind } from '@atrium/kinds/board';")).toBe(false);
  expect(broken('apps/web/src/board/scene.test.ts', "import { validElement } from '@atrium/kinds/testing';")).toBe(
    false,
  );
});

test('code of the browser imports nothing of Node, its tests may', () => {
  expect(broken('packages/rooms/src/kind/diff.ts', "import { randomUUID } from 'node:crypto';")).toBe(true);
  expect(broken('packages/kinds/src/board/index.ts', "import { randomUUID } from 'node:crypto';")).toBe(true);
  expect(broken('packages/kinds/src/board/fuzz.test.ts', "import { randomUUID } from 'node:crypto';")).toBe(false);
});

test('the engine imports no transport', () => {
  expect(broken('packages/rooms/src/hub/hub.ts', "import { createServer } from 'node:http';")).toBe(true);
  expect(broken('packages/rooms/src/hub/hub.ts', "import { createHash } from 'node:crypto';")).toBe(false);
});

test('only the adapter of tRPC throws its errors', () => {
  expect(broken('packages/auth/src/password/gate.ts', "import { TRPCError } from '@trpc/server';")).toBe(true);
  expect(broken('packages/api/src/refusal.ts', "import { TRPCError } from '@trpc/server';")).toBe(false);
});

test.each([
  'const port = process.env.PORT;',
  "const port = process['env'].PORT;",
  'const port = globalThis.process.env.PORT;',
  'const { env } = process;',
  "import { env } from 'node:process';",
])('the environment is read in one place: %s', (source) => {
  expect(broken('apps/server/src/serve.ts', source)).toBe(true);
});

test('the one place, configurations and the harness of tests may read the environment', () => {
  const source = 'export const port = process.env.PORT;';
  expect(broken('apps/server/src/env.ts', source)).toBe(false);
  expect(broken('apps/web/playwright.config.ts', source)).toBe(false);
  expect(broken('packages/db/src/testing/database.ts', source)).toBe(false);
});

test('a comment or a string about the environment is not a read', () => {
  expect(broken('apps/server/src/serve.ts', "// process.env\nexport const help = 'process.env.PORT';")).toBe(false);
});

test('a file is named after a thing', () => {
  expect(broken('packages/auth/src/utils.ts', '')).toBe(true);
  expect(broken('packages/auth/src/helpers/token.ts', '')).toBe(true);
  expect(broken('packages/auth/src/session/token.ts', '')).toBe(false);
});

test('a violation says where it is', () => {
  expect(violationsOf({ path: 'packages/ui/src/a.ts', source: "const a = 1;\nimport '@atrium/db';" })).toEqual([
    { line: 2, message: 'imports @atrium/db, which ui may not' },
  ]);
});

test('a file that cannot be parsed is an error, not a pass', () => {
  expect(() => violationsOf({ path: 'packages/ui/src/a.ts', source: 'import {' })).toThrow('cannot be parsed');
});
