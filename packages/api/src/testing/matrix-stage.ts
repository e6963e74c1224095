import type { Identity } from '@atrium/auth';
import { archiveRoom, deleteSession, type MailLinkPurpose } from '@atrium/db';
import type { Role } from '@atrium/rooms';
import { randomUUID } from 'node:crypto';
import { appRouter } from '../app-router.ts';
import type { Context } from '../context.ts';
import { permissions } from '../policy/permission.ts';
import type { Policy } from '../policy/policy.ts';
import { Refusal } from '../refusal.ts';
import { type Actor, actors, gone } from './matrix-actors.ts';
import { inputs, type Stage } from './matrix-inputs.ts';
import { Scenes } from './matrix-scenes.ts';
import { openTestServices, type TestServices } from './test-services.ts';

const memberRoles: readonly Actor[] = ['viewer', 'commenter', 'editor', 'owner'];

const device = { userAgent: undefined, address: '127.0.0.1' };

/** What a procedure answers each actor, in their order. Where both transports answer, the socket's stands behind the slash. */
export async function cellsOf(kit: TestServices, path: string, policy: Policy): Promise<readonly string[]> {
  const transports = policy.transport ? [policy.transport] : (['http', 'socket'] as const);
  const cells: string[] = [];
  for (const actor of actors) {
    const answers = new Set<string>();
    for (const transport of transports)
      answers.add(await answer(kit, actor, { path, transport, permission: policy.permission }));
    cells.push([...answers].join(' / '));
  }
  return cells;
}

/** A server with somebody to sign in as. */
export async function openMatrix(): Promise<TestServices> {
  const kit = await openTestServices();
  await kit.services.accounts.register(
    { email: 'known@example.org', password: 'correct horse', name: undefined },
    device,
  );
  return kit;
}

interface Question {
  readonly path: string;
  readonly transport: 'http' | 'socket';
  readonly permission: Policy['permission'];
}

const scenes = new WeakMap<TestServices, Scenes>();

async function answer(kit: TestServices, actor: Actor, { path, transport, permission }: Question): Promise<string> {
  const input = inputs[path];
  if (!input) throw new Error(`${path} has no input in matrix-inputs.ts, so nobody knows whom it answers`);
  if (transport === 'socket' && actor === 'anonymous') return '–';
  const all = scenes.get(kit) ?? new Scenes(kit);
  scenes.set(kit, all);
  const scene = await all.take(/^(rooms|members|invites|accessRequests|admin)\./.test(path), actor);
  const { owner, place } = scene;
  if (path.startsWith('tokens.')) scene.issued ??= await issueTo(kit, owner);
  const name = actor === 'token without' ? `${actor} ${permission}` : actor;
  const arrived = scene.people.get(name);
  const identity =
    arrived === undefined ? await arrange(kit, actor, { owner, roomId: place.roomId, permission }) : arrived;
  scene.people.set(name, identity);
  const context = transport === 'socket' && identity ? await kit.socketContext(identity) : kit.httpContext(identity);
  const stage: Stage = {
    ...place,
    ...(scene.issued ?? notIssued),
    ownerSession: owner.session.publicId,
    ownerId: owner.user.id,
    mailedToken: (purpose) => mailedTo(kit, owner, purpose),
  };
  const outcome = await outcomeOf(path, context, await input(stage));
  const isLook = kindOf(path) !== 'mutation';
  // Whoever ended their own session hears that it is over: that is no refusal.
  const isRefused = !outcome.startsWith('ok') && (outcome !== 'SESSION_ENDED' || gone.has(actor));
  if (isLook || isRefused) all.giveBack(scene, actor);
  return outcome;
}

function kindOf(path: string): string {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } } | undefined>;
  return procedures[path]?._def.type ?? 'mutation';
}

const notIssued = { tokenId: '', refreshToken: '' };

async function issueTo(kit: TestServices, owner: Identity) {
  const wanted = { name: 'Bot', permissions: [], lifetime: 60_000 };
  const { id, refreshToken } = await kit.services.apiTokens.create(owner, wanted, device);
  return { tokenId: id, refreshToken };
}

async function mailedTo(kit: TestServices, { user }: Identity, purpose: MailLinkPurpose): Promise<string> {
  const email = purpose === 'change-email' ? `${randomUUID()}@example.org` : (user.email ?? '');
  const url = await kit.services.mailLinks.issue({ userId: user.id, purpose, email });
  return url.split('#')[1] ?? '';
}

interface Arranged {
  readonly owner: Identity;
  readonly roomId: string | null;
  readonly permission: Policy['permission'];
}

async function arrange(
  kit: TestServices,
  actor: Actor,
  { owner, roomId, permission }: Arranged,
): Promise<Identity | null> {
  if (actor === 'anonymous') return null;
  if (actor === 'owner') return owner;
  if (actor === 'archived') {
    if (roomId !== null)
      await kit.services.db.withScope({ user: owner.user.id }, (tx) => archiveRoom(tx, roomId, new Date()));
    return owner;
  }
  if (actor === 'frozen') {
    if (roomId !== null) await kit.freeze(roomId);
    return owner;
  }
  if (actor === 'impersonated') return kit.impersonate(owner);
  if (actor === 'token') return kit.issueToken(owner, permissions);
  if (actor === 'token without')
    return kit.issueToken(
      owner,
      permissions.filter((each) => each !== permission),
    );
  if (actor === 'guest') return kit.enterAsGuest();
  if (actor === 'unconfirmed') await kit.unconfirm(owner);
  if (actor === 'stale') await kit.leaveSudo(owner);
  if (actor === 'unconfirmed' || actor === 'stale') return (await kit.reread(owner)) ?? owner;
  const identity = await kit.signUp();
  if (actor === 'visitor' && roomId !== null) await kit.publish(roomId);
  if (actor === 'stranger' || actor === 'visitor') return identity;
  if (actor === 'stale admin') await kit.leaveSudo(identity);
  if (actor === 'admin' || actor === 'stale admin') return kit.promote((await kit.reread(identity)) ?? identity);
  if (roomId !== null) await kit.join(roomId, identity, memberRoles.includes(actor) ? (actor as Role) : 'editor');
  if (actor === 'revoked')
    await kit.services.db.withScope({ system: 'test' }, (tx) =>
      deleteSession(tx, identity.session.publicId, 'signed-out'),
    );
  if (actor === 'expired') await kit.expire(identity);
  if (actor === 'disabled') await kit.disable(identity);
  return identity;
}

async function outcomeOf(path: string, context: Context, input: unknown): Promise<string> {
  const answered = await answerInFull(path, context, input);
  if (answered instanceof Refusal) return answered.reason;
  return refusedCommand(answered) ?? 'ok';
}

/** What the procedure answers, or the first event of its stream, or how it refuses. */
export async function answerInFull(path: string, context: Context, input: unknown): Promise<unknown> {
  const abort = new AbortController();
  const caller = appRouter.createCaller(context, { signal: abort.signal });
  const step = (from: unknown, name: string) => (from as Record<string, unknown>)[name];
  const procedure = path.split('.').reduce<unknown>(step, caller) as (input: unknown) => Promise<unknown>;
  try {
    const result = await procedure(input);
    await firstOf(result);
    return result;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  } finally {
    abort.abort();
  }
}

/** A stream is open once its first event came. */
async function firstOf(result: unknown): Promise<void> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return;
  for await (const _event of result as AsyncIterable<unknown>) return;
}

/** `rooms.send` answers each command by itself. */
function refusedCommand(result: unknown): string | null {
  const results = (result as { results?: readonly { ok: boolean; code?: string }[] } | undefined)?.results;
  return results?.[0]?.ok === false ? `ok: ${results[0].code}` : null;
}
