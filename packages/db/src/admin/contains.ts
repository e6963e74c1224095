import { type Column, ilike, type SQL } from 'drizzle-orm';

/** Whether the column holds this text, in whatever case; what looks like a pattern is text too. */
export function contains(column: Column | SQL, text: string): SQL {
  return ilike(column, `%${text.replace(/[\\%_]/g, '\\$&')}%`);
}
