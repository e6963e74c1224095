/**
 * What a policy asks, one rule after the other, in the order in which they are looked at. The procedures and the policy
 * simulator of the control panel read the same list.
 */
import { isAtLeast } from '@atrium/rooms';
import type { Access } from '../access/room-seats.ts';
import { Refusal } from '../refusal.ts';
import type { Demands, RoomDemands } from './policy.ts';

/** What is known about whoever calls. What the database has to be asked for is asked when a rule needs it. */
export interface Facts {
  /** Null for a person with a browser. */
  readonly token: { readonly permissions: readonly string[] } | null;
  /** True for an administrator who acts as somebody else. */
  readonly isImpersonated: boolean;
  standing(): Promise<Standing>;
  isInSudo(): Promise<boolean>;
}

/** As the row of the user says it now. */
export interface Standing {
  readonly role: 'user' | 'admin';
  readonly isGuest: boolean;
  readonly confirmedAt: Date | null;
}

export interface Rule<Asked, Known> {
  readonly name: string;
  /** What holds for whom it lets pass: "is an administrator". */
  readonly words: (asked: Asked) => string;
  isAsked(asked: Asked): boolean;
  holds(known: Known, asked: Asked): boolean | Promise<boolean>;
  refuse(): Refusal;
}

const whileActing = 'Not while you act as somebody else: go back to your own account first.';

export const callerRules: readonly Rule<Demands, Facts>[] = [
  {
    name: 'permission',
    words: ({ permission }) => (permission ? `no token is used, or it may ${permission}` : 'no token is used'),
    isAsked: () => true,
    holds: ({ token }, { permission }) =>
      token === null || (permission !== undefined && token.permissions.includes(permission)),
    refuse: () => new Refusal('PERMISSION_MISSING'),
  },
  {
    name: 'own name',
    words: () => 'acts as nobody else',
    isAsked: ({ isAdmin, isSudo, isSelf }) => isAdmin === true || isSudo === true || isSelf === true,
    holds: ({ isImpersonated }) => !isImpersonated,
    refuse: () => new Refusal('NOT_ALLOWED', whileActing),
  },
  {
    name: 'administrator',
    words: () => 'is an administrator of the server',
    isAsked: ({ isAdmin }) => isAdmin === true,
    holds: async (facts) => (await facts.standing()).role === 'admin',
    refuse: () => new Refusal('NOT_ALLOWED', 'Only administrators of this server may do that.'),
  },
  {
    name: 'account',
    words: () => 'is no guest',
    isAsked: ({ isAccount }) => isAccount === true,
    holds: async (facts) => !(await facts.standing()).isGuest,
    refuse: () => new Refusal('NOT_ALLOWED', 'Guests cannot do this: create an account first.'),
  },
  {
    name: 'confirmed',
    words: () => 'has confirmed the address',
    isAsked: ({ isConfirmed }) => isConfirmed === true,
    holds: async (facts) => {
      const { isGuest, confirmedAt } = await facts.standing();
      return isGuest || confirmedAt !== null;
    },
    refuse: () => new Refusal('CONFIRM_EMAIL'),
  },
  {
    name: 'sudo',
    words: () => 'has proved a moment ago who they are',
    isAsked: ({ isSudo }) => isSudo === true,
    holds: async (facts) => (await facts.standing()).isGuest || (await facts.isInSudo()),
    refuse: () => new Refusal('SUDO_REQUIRED'),
  },
];

/** `known` is null where there is no such room, or the caller may not know of it: nobody can tell which. */
export const roomRules: readonly Rule<RoomDemands, Access | null>[] = [
  {
    name: 'member',
    words: () => 'is in the room, or it is public',
    isAsked: () => true,
    holds: (access) => access !== null && access.role !== null,
    refuse: () => new Refusal('NOT_FOUND'),
  },
  {
    name: 'no visitor',
    words: () => 'is a member, not a visitor of a public room',
    // Whoever looks on is a viewer: what asks for more is refused by the next rule.
    isAsked: ({ visitorsToo, role }) => !visitorsToo && role === 'viewer',
    holds: (access) => access?.isMember === true,
    refuse: () => new Refusal('NOT_ALLOWED', 'You are looking on in a public room: ask to come in to do more.'),
  },
  {
    name: 'role',
    words: ({ role }) => `is at least ${role}`,
    isAsked: ({ role }) => role !== 'viewer',
    holds: (access, { role }) => access !== null && access.role !== null && isAtLeast(access.role, role),
    refuse: () => new Refusal('NOT_ALLOWED'),
  },
  {
    name: 'not frozen',
    words: () => 'the room is not frozen',
    isAsked: ({ frozenToo }) => !frozenToo,
    holds: (access) => access?.frozen === false,
    refuse: () => new Refusal('ROOM_FROZEN'),
  },
  {
    name: 'not archived',
    words: () => 'the room is not archived',
    isAsked: ({ archivedToo }) => !archivedToo,
    holds: (access) => access?.archived === false,
    refuse: () => new Refusal('ROOM_ARCHIVED'),
  },
];

/** Throws the refusal of the first rule that does not hold. */
export async function demand<Asked, Known>(
  rules: readonly Rule<Asked, Known>[],
  asked: Asked,
  known: Known,
): Promise<void> {
  for (const rule of rules) {
    if (!rule.isAsked(asked)) continue;
    const holds = rule.holds(known, asked);
    // What is known already costs no turn of the loop: this is on the path of every stroke.
    if (!(typeof holds === 'boolean' ? holds : await holds)) throw rule.refuse();
  }
}
