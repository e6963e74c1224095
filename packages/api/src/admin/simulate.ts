import { findStanding, roleInRoom, type User } from '@atrium/db';
import { z } from 'zod';
import type { Access } from '../access/room-seats.ts';
import type { Services } from '../context.ts';
import { adminProcedure } from '../policy/procedure.ts';
import { describePolicy, type Policy } from '../policy/policy.ts';
import { callerRules, type Facts, roomRules, type Rule, type Standing } from '../policy/rules.ts';
import { Refusal } from '../refusal.ts';
import { lookAs } from './act.ts';
import { theUser } from './find.ts';
import type { PolicyRow, Simulation } from './wire.ts';

type Verdict = Simulation['rules'][number];

/** Looks the policies up when it is asked: they belong to the router that this procedure is a part of. */
export function simulateWith(policies: () => ReadonlyMap<string, Policy>) {
  return adminProcedure()
    .input(z.object({ userId: z.uuid(), procedure: z.string().max(100), roomId: z.uuid().nullish() }))
    .query(async ({ ctx, input }): Promise<Simulation> => {
      const policy = policies().get(input.procedure);
      if (!policy) throw new Refusal('NOT_FOUND', 'There is no such procedure.');
      if (policy.access === 'room' && !input.roomId)
        throw new Refusal('INVALID_INPUT', 'This procedure is about a room: say which one.');
      const user = await lookAs(ctx, (tx) => theUser(tx, input.userId));
      return judge(ctx.services, { ...input, policy, user });
    });
}

/** What can be asked about. */
export function policiesWith(policies: () => ReadonlyMap<string, Policy>) {
  return adminProcedure().query((): PolicyRow[] => {
    return [...policies()].map(([procedure, policy]) => ({
      ...{ procedure, policy: describePolicy(policy) },
      inRoom: policy.access === 'room',
    }));
  });
}

interface Question {
  readonly procedure: string;
  readonly policy: Policy;
  readonly user: User;
  readonly roomId?: string | null | undefined;
}

/** As if they had just signed in, with a browser: the same rules that the procedures read. */
async function judge({ db }: Services, { procedure, policy, user, roomId }: Question): Promise<Simulation> {
  const verdicts: Verdict[] = [];
  let refusal: Refusal | null = null;
  const ask = async <Asked, Known>(rules: readonly Rule<Asked, Known>[], asked: Asked, known: Known) => {
    for (const rule of rules) {
      if (!rule.isAsked(asked)) continue;
      const holds = refusal === null ? await rule.holds(known, asked) : null;
      verdicts.push({ name: rule.name, words: rule.words(asked), holds });
      if (holds === false) refusal = rule.refuse();
    }
  };
  if (policy.access !== 'public') {
    await ask(signInRules, policy, user);
    const standing = refusal === null ? await db.withScope({ user: user.id }, (tx) => findStanding(tx, user.id)) : null;
    await ask(callerRules, policy, factsOf(standing ?? user));
  }
  if (policy.access === 'room') {
    const read = async (): Promise<Access | null> =>
      db.withScope({ user: user.id }, (tx) => roleInRoom(tx, roomId ?? '', user.id));
    await ask(roomRules, policy, refusal === null ? await read() : null);
  }
  const found: Refusal | null = refusal;
  return {
    ...{ procedure, policy: describePolicy(policy), rules: verdicts },
    allowed: found === null,
    ...sentenceOf(found),
  };
}

function sentenceOf(refusal: Refusal | null): Pick<Simulation, 'reason' | 'message'> {
  return { reason: refusal && refusal.reason, message: refusal && refusal.message };
}

/** What the session look-up asks before any policy. */
const signInRules: readonly Rule<unknown, User>[] = [
  {
    name: 'enabled',
    words: () => 'the account is not disabled',
    isAsked: () => true,
    holds: ({ disabledAt }) => disabledAt === null,
    refuse: () => new Refusal('SIGNED_OUT', 'The account is disabled: its sessions are over, and nobody signs in.'),
  },
];

function factsOf(standing: Standing): Facts {
  return {
    token: null,
    isImpersonated: false,
    standing: () => Promise.resolve(standing),
    isInSudo: () => Promise.resolve(true),
  };
}
