/**
 * Everybody who may call. `visitor` looks on in a room that is public for them alone; `frozen` is the owner of a room that
 * is frozen; `impersonated` is the owner, as whom an administrator acts. `unconfirmed` and `stale` (who has not proved for
 * an hour who they are) own the room, as does `archived`, whose room is. `token` is a program of the owner with every permission, `token without` one with all but
 * that which the procedure names.
 */
export const actors = [
  'anonymous',
  'revoked',
  'expired',
  'disabled',
  'guest',
  'unconfirmed',
  'stale',
  'stranger',
  'admin',
  'stale admin',
  'viewer',
  'commenter',
  'editor',
  'owner',
  'archived',
  'frozen',
  'visitor',
  'impersonated',
  'token',
  'token without',
] as const;
export type Actor = (typeof actors)[number];

/** Who changes what is there just by coming: they have a scene of their own. */
export const changers: ReadonlySet<Actor> = new Set(['unconfirmed', 'stale', 'archived', 'frozen', 'visitor']);

/** Whose session is over before they call. */
export const gone: ReadonlySet<Actor> = new Set(['revoked', 'expired', 'disabled']);
