import type * as api from '@atrium/api';
import { initTRPC } from '@trpc/server';
import { expect, test, vi } from 'vitest';
import { readConfig } from './env.ts';
import { startServer } from './start-server.ts';

vi.mock('@atrium/api', async (original) => {
  const bare = initTRPC.create();
  const appRouter = bare.router({ forgotten: bare.procedure.query(() => 'anybody may read this') });
  return { ...(await original<typeof api>()), appRouter };
});

test('a server whose router has a gap does not start', async () => {
  const config = readConfig({ PORT: '0', DATABASE_URL: 'memory:', LOG_LEVEL: 'silent' });
  await expect(startServer(config)).rejects.toThrow('The procedure forgotten has no policy');
});
