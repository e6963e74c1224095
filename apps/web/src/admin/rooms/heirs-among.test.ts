import type { AdminRoomDetail } from '@atrium/api';
import { expect, test } from 'vitest';
import { heirsAmong } from './heirs-among.ts';

type RoomPerson = AdminRoomDetail['people'][number];

function person(name: string, role: RoomPerson['role'], guest = false): RoomPerson {
  return { userId: name, name, email: guest ? null : `${name}@example.org`, guest, role, since: '' };
}

const namesOf = (people: readonly RoomPerson[]) => heirsAmong(people).map(({ name }) => name);

test('guests and the only owner are not offered', () => {
  expect(namesOf([person('ada', 'owner'), person('bob', 'viewer'), person('gil', 'editor', true)])).toEqual(['bob']);
});

test('of several owners one can be made the only one', () => {
  expect(namesOf([person('ada', 'owner'), person('bob', 'owner')])).toEqual(['ada', 'bob']);
});
