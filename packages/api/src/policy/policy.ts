import type { Role } from '@atrium/rooms';
import type { Permission } from './permission.ts';

/**
 * Who may call a procedure, as data: `public` anyone, `user` anyone signed in (guests too), `admin` an administrator of
 * the server, `room` a member of the room named by `roomId` with at least this role. `transport` narrows where the call
 * may come from.
 */
export type Policy =
  | {
      readonly access: 'public';
      readonly transport?: 'http';
      /** Which permission lets a program in; `any`: no token is needed. Without one, nobody with a bearer token may. */
      readonly permission?: Permission | 'any';
    }
  | ({ readonly access: 'user'; readonly transport?: 'http' | 'socket' } & Demands)
  | ({ readonly access: 'admin'; readonly transport?: 'http' | 'socket' } & Demands)
  | ({ readonly access: 'room'; readonly transport?: 'socket' } & RoomDemands & Demands);

/** What is asked of whoever is signed in. */
export interface Demands {
  /** Which permission lets an API token in; without one, no token may. */
  readonly permission?: Permission;
  /** True: an administrator of the server, and nobody who acts as somebody else. */
  readonly isAdmin?: boolean;
  /** True: nobody who acts as somebody else. */
  readonly isSelf?: boolean;
  /** True: no guests. They pass the next two, and have no account that anything could open. */
  readonly isAccount?: boolean;
  /** True: not before the address is confirmed. Guests have none to confirm. */
  readonly isConfirmed?: boolean;
  /**
   * True: not unless it was proved a moment ago that it is still the same person. Guests have nothing to prove it with,
   * and whoever acts as somebody else cannot.
   */
  readonly isSudo?: boolean;
}

/** What is asked of whoever is in the room. */
export interface RoomDemands {
  readonly role: Role;
  /** True for what an archived room still allows. */
  readonly archivedToo: boolean;
  /** True for what a frozen room still allows. */
  readonly frozenToo: boolean;
  /** True for what whoever looks on in a public room may do. */
  readonly visitorsToo: boolean;
}

/** "user, confirmed, sudo, http only, token with rooms:write": for the matrix and for people. */
export function describePolicy(policy: Policy): string {
  const who = policy.access === 'room' ? `room:${policy.role}` : policy.access;
  const demands: Demands = policy.access === 'public' ? {} : policy;
  const { permission } = policy;
  return [
    who,
    ...(policy.access === 'room' && policy.visitorsToo ? ['visitors too'] : []),
    ...(demands.isSelf ? ['in person'] : []),
    ...(demands.isAccount ? ['no guests'] : []),
    ...(demands.isConfirmed ? ['confirmed'] : []),
    ...(demands.isSudo ? ['sudo'] : []),
    ...(policy.transport ? [`${policy.transport} only`] : []),
    ...(permission === 'any' ? ['programs too'] : permission ? [`token with ${permission}`] : []),
  ].join(', ');
}
