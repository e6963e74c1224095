import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test('one is one, none and several are many', () => {
  expect([0, 1, 2].map((count) => counted(count, 'room'))).toEqual(['0 rooms', '1 room', '2 rooms']);
  expect(counted(2, 'person', 'people')).toBe('2 people');
});
