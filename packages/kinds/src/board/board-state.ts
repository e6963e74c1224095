import type { RoomRecord, StateReader } from '@atrium/rooms/kind';
import { type BoardElement, isElementType } from './element.ts';

/** A record of the collection `element`, or what was one. Only what `checkElement` let in gets there, so its type tells its shape. */
export function isElementRecord(record: RoomRecord): record is RoomRecord & BoardElement {
  return isElementType(record.type);
}

export function getElement(state: StateReader, id: string): BoardElement | undefined {
  const record = state.get('element', id);
  return record !== undefined && isElementRecord(record) ? record : undefined;
}

/** Every element, in no promised order. */
export function allElements(state: StateReader): BoardElement[] {
  const elements: BoardElement[] = [];
  for (const [, record] of state.entries('element')) if (isElementRecord(record)) elements.push(record);
  return elements;
}
