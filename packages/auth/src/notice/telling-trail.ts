import type { AuditTrail } from '../audit/audit-trail.ts';
import { type NoticeKind, noticeKinds } from '../mail/letter/notice-letter.ts';
import type { Notices } from './notices.ts';

/** The audit trail of services whose events their owner is also told of by mail, where there is a letter for them. */
export function createTellingTrail(audit: AuditTrail, notices: Notices): AuditTrail {
  return {
    async record(entry) {
      await audit.record(entry);
      const { action, userId, result = 'done', device } = entry;
      if (userId !== null && result === 'done' && isNoticeKind(action)) notices.send(userId, action, device);
    },
  };
}

function isNoticeKind(action: string): action is NoticeKind {
  return noticeKinds.some((kind) => kind === action);
}
