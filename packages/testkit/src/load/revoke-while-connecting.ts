import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { RawSocket, UpgradeRefused } from '../raw-socket.ts';
import type { TestServer } from '../test-server.ts';

/** What became of sockets whose sessions were revoked while they were opened. */
export interface RevokedWhileConnecting {
  readonly tries: number;
  /** Never opened: the session was gone when it was looked at. */
  readonly refused: number;
  /** Opened, and closed with the reason. */
  readonly closed: number;
  /** Still open a second later. */
  readonly leaks: number;
}

/** Sessions that are made together. */
const group = 50;
/** Milliseconds after the upgrade was sent. */
const latest = 3;

interface Fresh {
  readonly cookie: string;
  readonly publicId: string;
}

/**
 * Opens a socket with a fresh session each time, and deletes the row of the session 0 to 3 ms after the upgrade request was
 * sent: before, between and after the checks of the server. The race that lets 1.5 to 2.2 % of sockets through elsewhere
 * (design/60).
 */
export async function revokeWhileConnecting(server: TestServer, tries: number): Promise<RevokedWhileConnecting> {
  const count = { tries, refused: 0, closed: 0, leaks: 0 };
  for (let done = 0; done < tries; done += group) {
    // One after the other: upgrades that wait for each other would all be looked at after their session is gone.
    for (const session of await freshSessions(server, Math.min(group, tries - done))) {
      count[await tryOnce(server, session)] += 1;
    }
  }
  return count;
}

async function tryOnce(server: TestServer, { cookie, publicId }: Fresh): Promise<'refused' | 'closed' | 'leaks'> {
  const opening = RawSocket.open(server.url, { origin: server.url, cookie }).catch((error: unknown) => {
    if (error instanceof UpgradeRefused) return null;
    throw error;
  });
  await after(Math.random() * latest);
  await server.runSql(sql`delete from sessions where public_id = ${publicId}`);
  const socket = await opening;
  if (socket === null) return 'refused';
  const outcome = await Promise.race([socket.closed.then(() => 'closed' as const), after(1_000, 'leaks' as const)]);
  socket.ws.terminate();
  return outcome;
}

/** Of one person each: there is a limit to the sockets of one. */
async function freshSessions(server: TestServer, many: number): Promise<readonly Fresh[]> {
  const fresh = Array.from({ length: many }, () => ({
    ...{ userId: randomUUID(), publicId: randomUUID(), token: randomBytes(32).toString('base64url') },
  }));
  const rows = JSON.stringify(
    fresh.map(({ userId, publicId, token }) => ({
      ...{ user_id: userId, public_id: publicId },
      id: createHash('sha256').update(token).digest('hex'),
    })),
  );
  await server.runSql(sql`insert into users (id, name, is_guest)
    select user_id, 'Somebody', true from jsonb_to_recordset(${rows}::jsonb) as row (user_id uuid)`);
  await server.runSql(sql`insert into sessions
      (id, user_id, public_id, created_at, authenticated_at, last_seen_at, expires_at, absolute_expires_at, label, ip_prefix)
    select id, user_id, public_id, now(), now(), now(), now() + interval '1 day', now() + interval '1 day', 'Test', 'here'
    from jsonb_to_recordset(${rows}::jsonb) as row (id text, user_id uuid, public_id uuid)`);
  return fresh.map(({ publicId, token }) => ({ publicId, cookie: `atrium_session=${token}` }));
}
