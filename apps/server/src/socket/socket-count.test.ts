import { expect, test } from 'vitest';
import { SocketCount } from './socket-count.ts';

test('a full key refuses and takes nothing from the others', () => {
  const count = new SocketCount();
  const first = count.take([
    { key: 'user', most: 1 },
    { key: 'address', most: 5 },
  ]);
  expect(first).not.toBeNull();
  expect(
    count.take([
      { key: 'address', most: 2 },
      { key: 'user', most: 1 },
    ]),
  ).toBeNull();
  expect(count.take([{ key: 'address', most: 2 }])).not.toBeNull();
});

test('a place is given back once', () => {
  const count = new SocketCount();
  const release = count.take([{ key: 'user', most: 1 }]);
  release?.();
  release?.();
  expect(count.take([{ key: 'user', most: 1 }])).not.toBeNull();
  expect(count.take([{ key: 'user', most: 1 }])).toBeNull();
});
