import { type AuditSearch, searchAuditEvents } from '@atrium/db';
import { auditActions } from '@atrium/auth';
import { z } from 'zod';
import { adminProcedure } from '../policy/procedure.ts';
import { actAs, lookAs } from './act.ts';
import { csvLine } from './csv.ts';
import { pageOf, pageSize, toAdminAuditEvent } from './to-admin.ts';
import type { AdminAuditEvent, AuditCsvPage, Page } from './wire.ts';

const filter = z.object({
  /** Any of them. */
  actions: z.array(z.enum(auditActions)).max(auditActions.length).default([]),
  result: z.enum(['done', 'refused']).nullish(),
  /** Whom it is about, or who did it. */
  person: z.uuid().nullish(),
  room: z.uuid().nullish(),
  from: z.iso.datetime().nullish(),
  to: z.iso.datetime().nullish(),
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

/** Lines of one page of the file. */
const linesOfPage = 1_000;
const columns = [
  'id',
  'at',
  'action',
  'result',
  'user',
  'user name',
  'actor',
  'actor name',
  'place',
  'device',
  'detail',
];

export const auditProcedures = {
  audit: adminProcedure()
    .input(filter.prefault({}))
    .query(async ({ ctx, input }): Promise<Page<AdminAuditEvent>> => {
      const rows = await lookAs(ctx, (tx) => searchAuditEvents(tx, toSearch(input, pageSize + 1)));
      return pageOf(rows, toAdminAuditEvent, ({ id }) => String(id));
    }),

  /** As a file, page by page. That the log was taken out stands in the log. */
  exportAudit: adminProcedure({ isSudo: true })
    .input(filter.prefault({}))
    .mutation(async ({ ctx, input }): Promise<AuditCsvPage> => {
      const isFirst = input.before === undefined;
      if (isFirst) {
        const userId = ctx.identity.user.id;
        await actAs(ctx, { action: 'admin-audit-exported', userId }, () => Promise.resolve());
      }
      const rows = await lookAs(ctx, (tx) => searchAuditEvents(tx, toSearch(input, linesOfPage + 1)));
      const lines = rows.slice(0, linesOfPage).map((row) => {
        const { id, at, action, result, user, actor, place, label, detail } = toAdminAuditEvent(row);
        const people = [user?.id ?? '', user?.name ?? '', actor?.id ?? '', actor?.name ?? ''];
        return csvLine([id, at, action, result, ...people, place, label, JSON.stringify(detail)]);
      });
      const last = rows[linesOfPage - 1];
      return {
        csv: `${isFirst ? csvLine(columns) : ''}${lines.join('')}`,
        next: rows.length > linesOfPage && last !== undefined ? String(last.id) : null,
      };
    }),
};

function toSearch(input: z.output<typeof filter>, most: number): AuditSearch {
  const { actions, result, person, room, from, to, before } = input;
  return {
    ...{ actions, result, person, room, most },
    from: from ? new Date(from) : null,
    to: to ? new Date(to) : null,
    before: before === undefined ? null : Number(before),
  };
}
