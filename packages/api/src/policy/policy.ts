import type { Role } from '@atrium/rooms';

/**
 * Who may call a procedure, as data: `public` anyone, `user` anyone signed in (guests too), `room` a member of the
 * room named by `roomId` with at least this role. `transport` narrows where the call may come from.
 */
export type Policy =
  | { readonly access: 'public'; readonly transport?: 'http' }
  | { readonly access: 'user'; readonly transport?: 'http' | 'socket' }
  | {
      readonly access: 'room';
      readonly role: Role;
      /** True for what an archived room still allows. */
      readonly archivedToo: boolean;
      readonly transport?: 'socket';
    };

/** "user, over HTTP only": for the matrix and for people. */
export function describePolicy(policy: Policy): string {
  const who = policy.access === 'room' ? `room:${policy.role}` : policy.access;
  return policy.transport ? `${who}, ${policy.transport} only` : who;
}
