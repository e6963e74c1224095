import type { EndReason, Role } from '@atrium/rooms';
import { z } from 'zod';

// Written out, so that the compiler sees when one is missing here.
const reason = z.enum({
  'signed-out': 'signed-out',
  'signed-out-elsewhere': 'signed-out-elsewhere',
  'password-changed': 'password-changed',
  expired: 'expired',
  disabled: 'disabled',
  removed: 'removed',
  'link-revoked': 'link-revoked',
  'room-deleted': 'room-deleted',
  theft: 'theft',
  draining: 'draining',
} satisfies { readonly [each in EndReason]: each });
const role = z.enum({
  owner: 'owner',
  editor: 'editor',
  commenter: 'commenter',
  viewer: 'viewer',
} satisfies { readonly [each in Role]: each });

/** Who did it; nobody for what the system did. */
const by = z.object({ userId: z.string(), name: z.string() }).optional();

const roomChange = z.enum(['archived', 'unarchived', 'frozen', 'unfrozen', 'private', 'deleted']);

const ending = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), publicId: z.string(), userId: z.string(), reason }),
  z.object({ type: z.literal('user'), userId: z.string(), reason: z.literal('disabled') }),
  /** `role` is null when the membership is gone, and `reason` says why. */
  z.object({
    ...{ type: z.literal('member'), roomId: z.string(), userId: z.string(), role: role.nullable() },
    ...{ reason: reason.optional(), by },
  }),
  z.object({ type: z.literal('room'), roomId: z.string(), change: roomChange, by }),
  /** What this person may do on the server, not in a room: read it again. */
  z.object({ type: z.literal('standing'), userId: z.string() }),
]);

/** What the triggers report: the rows themselves say who lost access, whoever changed them. */
export type Ending = Readonly<z.infer<typeof ending>>;

/**
 * The payload of a notification; null when it leaves a doubt. A trigger says `{"type":"doubt"}` when it cannot tell
 * row by row what happened, a newer version of the triggers may say what this one does not know, and NOTIFY needs no
 * privilege: every login of the database can say anything here.
 */
export function readEnding(payload: string): Ending | null {
  try {
    return ending.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
