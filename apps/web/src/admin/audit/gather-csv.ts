import type { AuditCsvPage } from '@atrium/api';

/** The file's pages, one after the other; `onPage` is told how many there are so far. */
export async function gatherCsv(
  read: (before: string | undefined) => Promise<AuditCsvPage>,
  onPage: (count: number) => void,
): Promise<readonly string[]> {
  const parts: string[] = [];
  let before: string | undefined;
  do {
    const { csv, next } = await read(before);
    parts.push(csv);
    onPage(parts.length);
    before = next ?? undefined;
  } while (before !== undefined);
  return parts;
}
