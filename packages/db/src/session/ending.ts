import type { EndReason, Role } from '@atrium/rooms';

/** What the triggers report: the rows themselves say who lost access, whoever changed them. */
export type Ending =
  | { readonly type: 'session'; readonly publicId: string; readonly userId: string; readonly reason: EndReason }
  | { readonly type: 'user'; readonly userId: string; readonly reason: 'disabled' }
  /** `role` is null when the membership is gone. */
  | { readonly type: 'member'; readonly roomId: string; readonly userId: string; readonly role: Role | null }
  | { readonly type: 'room'; readonly roomId: string; readonly change: 'archived' | 'unarchived' | 'deleted' };
