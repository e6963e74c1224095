import type { RoomRecord, StateReader } from '@atrium/rooms/kind';
import { type BoardElement, isElementType } from './element.ts';

/** A record of the collection `element`. Only what `checkElement` let in gets there, so its type tells its shape. */
function isElementRecord(record: RoomRecord): record is RoomRecord & BoardElement {
  return isElementType(record.type);
}

export function getElement(state: StateReader, id: string): BoardElement | undefined {
  const record = state.get('element', id);
  return record !== undefined && isElementRecord(record) ? record : undefined;
}

/** Every element, in no promised order. */
export function* eachElement(state: StateReader): Iterable<BoardElement> {
  for (const [, record] of state.entries('element')) {
    if (isElementRecord(record)) yield record;
  }
}
