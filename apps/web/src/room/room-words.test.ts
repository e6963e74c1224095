import { endReasons } from '@atrium/rooms';
import { expect, test } from 'vitest';
import type { Role } from '@atrium/rooms/kind';
import { accessChange, connectionWords, roomEndWords } from './room-words.ts';

const as = (role: Role | null, archived = false) => ({ role, archived, frozen: false });
const frozen = { role: 'viewer', archived: false, frozen: true } as const;

test('the first role is no change', () => {
  expect(accessChange(as(null), as('viewer'), 'Ada')).toBeNull();
  expect(accessChange(as('editor'), as('editor'), 'Ada')).toBeNull();
});

test.each([
  ['editor', 'viewer', 'Ada changed your role: you can view this room, but not change it any more.'],
  ['owner', 'commenter', 'Ada changed your role: you can view this room, but not change it any more.'],
  ['viewer', 'editor', 'Ada lets you draw in this room now.'],
  ['editor', 'owner', 'Ada made you an owner of this room.'],
  ['viewer', 'commenter', 'Ada changed your role: Can comment.'],
  ['owner', 'editor', 'Ada changed your role: Can draw.'],
] as const)('who changed what from %s to %s is told', (before, after, sentence) => {
  expect(accessChange(as(before), as(after), 'Ada')).toBe(sentence);
});

test('archiving is told as such, also to those who only look on', () => {
  expect(accessChange(as('owner'), as('viewer', true), 'You')).toBe('You archived this room. Everything is kept.');
  expect(accessChange(as('viewer'), as('viewer', true), 'Ada')).toContain('Ada archived');
  expect(accessChange(as('viewer', true), as('owner'), 'You')).toBe('You brought this room back.');
});

test('freezing is told to everybody alike, without the name of whoever did it', () => {
  expect(accessChange(as('owner'), frozen, 'Ada')).toBe('An administrator froze this room. Everything is kept.');
  expect(accessChange(as('viewer'), frozen, 'Ada')).toBe('An administrator froze this room. Everything is kept.');
  expect(accessChange(frozen, as('owner'), 'Ada')).toMatch(/^An administrator thawed this room\./u);
  expect(accessChange(frozen, as('viewer', true), 'Ada')).toMatch(/^An administrator thawed this room\./u);
});

test('the line is live only when it is', () => {
  expect(connectionWords('live')).toBe('Live');
  expect(connectionWords('opening')).not.toBe('Live');
  expect(connectionWords('reconnecting')).toBe('Reconnecting');
});

test('every end has a title and a sentence that says more than the title', () => {
  for (const reason of [...endReasons, null]) {
    const { title, sentence } = roomEndWords(reason);
    expect(title).not.toBe('');
    expect(sentence.length).toBeGreaterThan(10);
    expect(sentence.startsWith(title)).toBe(false);
  }
  expect(roomEndWords('removed', 'Ada').sentence).toContain('Ada took the access back');
  expect(roomEndWords('room-deleted').title).toBe('This room was deleted');
});

test('who only looked on is told that the room closed, not that they lost a place', () => {
  const { title, sentence } = roomEndWords('removed', 'Ada', true);
  expect(title).toBe('This room is not public any more');
  expect(sentence).toContain('Ada closed it');
  expect(roomEndWords('room-deleted', 'Ada', true)).toEqual(roomEndWords('room-deleted', 'Ada'));
});
