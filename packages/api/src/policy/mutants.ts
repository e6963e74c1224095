import type { Identity } from '@atrium/auth';
import type { Seat } from '../access/room-seats.ts';
import { permissions } from './permission.ts';
import type { Demands, Policy } from './policy.ts';
import {
  adminHttpProcedure,
  adminProcedure,
  adminSocketProcedure,
  programProcedure,
  publicProcedure,
  publicProcedureWith,
  roomProcedure,
  roomSocketProcedure,
  userHttpProcedure,
  userProcedure,
} from './procedure.ts';

/** What tRPC keeps of a procedure or its builder: each check is a function in this list. */
interface Built {
  readonly _def: { readonly middlewares: unknown[] };
}

/** One check that is taken away. */
export interface Mutant {
  /** "sudo" */
  readonly without: string;
  /** Stands in for the check. */
  readonly middleware: unknown;
}

/** Every check that a policy stands for, each taken away by itself. */
export function mutantsOf(policy: Policy): readonly Mutant[] {
  if (policy.access === 'public') {
    return policy.permission === 'any' ? [] : [{ without: 'permission', middleware: checkIn(programProcedure) }];
  }
  const demands = (['isSelf', 'isAccount', 'isConfirmed', 'isSudo'] as const).filter((name) => policy[name]);
  const others =
    policy.permission === undefined ? permissions : permissions.filter((name) => name !== policy.permission);
  const changes: readonly (readonly [string, Partial<Demands>])[] = [
    ...demands.map((name) => [name, { [name]: false }] as const),
    ['permission', { permission: others[0] ?? 'rooms:read' }],
  ];
  const mutants = changes.map(([without, change]) => ({
    without,
    middleware: checkIn(builderOf({ ...policy, ...change })),
  }));
  const withoutSignIn = { without: 'signed in', middleware: anybody };
  if (policy.access === 'user') return [...mutants, withoutSignIn];
  if (policy.access === 'admin') {
    const asUser = userProcedure({ ...policy, isAdmin: false, isSelf: true });
    return [...mutants, { without: 'administrator', middleware: checkIn(asUser) }, withoutSignIn];
  }
  return [
    ...mutants,
    ...(policy.role === 'viewer'
      ? []
      : [{ without: 'role', middleware: checkIn(builderOf({ ...policy, role: 'viewer' })) }]),
    ...(policy.visitorsToo || policy.role !== 'viewer'
      ? []
      : [{ without: 'no visitor', middleware: checkIn(builderOf({ ...policy, visitorsToo: true })) }]),
    ...(policy.frozenToo
      ? []
      : [{ without: 'not frozen', middleware: checkIn(builderOf({ ...policy, frozenToo: true })) }]),
    ...(policy.archivedToo
      ? []
      : [{ without: 'archived', middleware: checkIn(builderOf({ ...policy, archivedToo: true })) }]),
    { without: 'member', middleware: anybodyInRoom },
  ];
}

/** Takes the check away; answers how to put it back. Throws when the check is not where it was looked for. */
export function mutate(procedure: Built, policy: Policy, { middleware }: Mutant): () => void {
  const { middlewares } = procedure._def;
  const index = policy.access === 'room' ? 2 : 1;
  const original = middlewares[index];
  if (String(original) !== String(checkIn(builderOf(policy)))) throw new Error('This is not the check of its policy.');
  middlewares[index] = middleware;
  return () => {
    middlewares[index] = original;
  };
}

function builderOf(policy: Policy): Built {
  if (policy.access === 'public') {
    if (policy.permission === 'any') return programProcedure;
    return policy.permission ? publicProcedureWith(policy.permission) : publicProcedure;
  }
  if (policy.access === 'user') return policy.transport === 'http' ? userHttpProcedure(policy) : userProcedure(policy);
  if (policy.access === 'admin') {
    if (policy.transport === 'http') return adminHttpProcedure(policy);
    return policy.transport === 'socket' ? adminSocketProcedure(policy) : adminProcedure(policy);
  }
  const { role, archivedToo, frozenToo, visitorsToo, ...demands } = policy;
  return policy.transport === 'socket'
    ? roomSocketProcedure(role, { ...demands, visitorsToo })
    : roomProcedure(role, { ...demands, archivedToo, frozenToo, visitorsToo });
}

function checkIn({ _def }: Built): unknown {
  return _def.middlewares.at(-1);
}

interface Call {
  readonly ctx: { identify?: () => Promise<Identity | null>; connection?: { identity: Identity } };
  readonly input: { readonly roomId: string };
  next(opts: { readonly ctx: object }): unknown;
}

const identityOf = async ({ ctx }: Call) => ctx.connection?.identity ?? (await ctx.identify?.()) ?? nobody;
const nobody = { user: { id: '00000000-0000-4000-8000-000000000000', name: '' }, session: {} };

async function anybody(call: Call) {
  return call.next({ ctx: { identity: await identityOf(call) } });
}

async function anybodyInRoom(call: Call) {
  const identity = await identityOf(call);
  const seat: Seat = {
    roomId: call.input.roomId,
    userId: identity.user.id,
    access: { role: 'owner', kind: 'board', archived: false, frozen: false, isMember: true },
    onChange: () => () => {},
    release: () => {},
  };
  return call.next({ ctx: { identity, seat } });
}
