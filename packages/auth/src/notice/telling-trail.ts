import type { AuditTrail } from '../audit/audit-trail.ts';
import { type NoticeKind, noticeKinds } from '../mail/letter/notice-letter.ts';
import type { Notices } from './notices.ts';

/** The audit trail that also tells owners by mail what there is a letter for, once it is written down. */
export function createTellingTrail(audit: AuditTrail, notices: Notices): AuditTrail {
  return {
    recordIn: (tx, entry) => audit.recordIn(tx, entry),
    async record(entry) {
      await audit.record(entry);
      const { action, userId, result = 'done', device } = entry;
      if (userId !== null && result === 'done' && isTold(action)) notices.send(userId, action, device);
    },
  };
}

/** Word of another address goes to the former one (`sendToFormer`), which the account does not know any more. */
function isTold(action: string): action is NoticeKind {
  return action !== 'email-changed' && noticeKinds.some((kind) => kind === action);
}
