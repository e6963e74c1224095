import { endReasons } from '@atrium/rooms';
import { expect, test } from 'vitest';
import { accessChange, connectionWords, roomEndWords } from './room-words.ts';

test('the first role is no change', () => {
  expect(accessChange(null, 'viewer')).toBeNull();
  expect(accessChange('editor', 'editor')).toBeNull();
});

test('losing and getting the right to draw is told', () => {
  expect(accessChange('editor', 'viewer')).toContain('not change it');
  expect(accessChange('owner', 'commenter')).toContain('not change it');
  expect(accessChange('viewer', 'editor')).toBe('You can draw in this room now.');
  expect(accessChange('editor', 'owner')).toBe('You own this room now.');
});

test('a change that this page does not show is not told', () => {
  expect(accessChange('viewer', 'commenter')).toBeNull();
  expect(accessChange('owner', 'editor')).toBeNull();
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
  expect(roomEndWords('room-deleted').title).toBe('This room was deleted');
});
