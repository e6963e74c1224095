import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ending, readEnding } from './ending.ts';

const endings: readonly Ending[] = [
  { type: 'session', publicId: 'p', userId: 'u', reason: 'signed-out' },
  { type: 'user', userId: 'u', reason: 'disabled' },
  { type: 'member', roomId: 'r', userId: 'u', role: 'viewer' },
  { type: 'member', roomId: 'r', userId: 'u', role: null },
  { type: 'room', roomId: 'r', change: 'deleted' },
];

test.each(endings)('$type is read as it was written', (ending) => {
  expect(readEnding(JSON.stringify(ending))).toEqual(ending);
});

test.each([
  '',
  'hello',
  'null',
  '[]',
  '{"type":"doubt"}',
  '{"type":"eclipse"}',
  '{"type":"session","publicId":"p","userId":"u","reason":"because"}',
  '{"type":"member","roomId":"r","userId":"u","role":"king"}',
  '{"type":"member","roomId":"r","userId":"u"}',
  '{"type":"user","userId":7,"reason":"disabled"}',
])('%s leaves a doubt', (payload) => {
  expect(readEnding(payload)).toBeNull();
});

test('nothing that anybody sends makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (payload) => readEnding(payload) === null));
});
