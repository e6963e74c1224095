import type { RoomRecord, WantedRecord } from '@atrium/rooms/kind';

type Command = { readonly name: string; readonly input: unknown };

/** One `edit` for the elements, so that a shape and its label come back together, and one `setMeta` for the background. */
export function undoBoard(wanted: readonly WantedRecord[]): readonly Command[] {
  const elements = wanted.filter(({ collection }) => collection === 'element');
  const ops = elements.map(opFor);
  const background = wanted.find(({ collection }) => collection === 'meta')?.record?.['background'] ?? '#ffffff';
  return [
    ...(ops.length > 0 ? [{ name: 'edit', input: { ops } }] : []),
    ...(elements.length < wanted.length ? [{ name: 'setMeta', input: { background } }] : []),
  ];
}

function opFor({ id, record, keys }: WantedRecord): object {
  if (record === undefined) return { op: 'remove', ids: [id] };
  if (keys === null) return { op: 'put', element: record };
  return { op: 'set', id, props: picked(record, keys) };
}

function picked(record: RoomRecord, keys: readonly string[]): RoomRecord {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}
