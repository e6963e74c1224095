import { expect, test } from 'vitest';
import { FrameCounter } from './frame-counter.ts';

/** Frames of these lengths as they are on a wire. */
function framesOf(lengths: readonly number[]): Buffer {
  return Buffer.concat(
    lengths.map((length) => {
      const header = length < 126 ? [0x81, length] : length < 65_536 ? [0x81, 126, length >> 8, length & 255] : [];
      const long = [0x81, 127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
      return Buffer.concat([Buffer.from(length < 65_536 ? header : long), Buffer.alloc(length)]);
    }),
  );
}

test.each([1, 2, 3, 7, 1_000, 1_000_000])('counts every message when they come %i bytes at a time', (size) => {
  const lengths = [0, 1, 4, 125, 126, 300, 65_535, 65_536, 4];
  const wire = framesOf(lengths);
  const counter = new FrameCounter();
  let told = 0;
  for (let at = 0; at < wire.length; at += size) told += counter.push(wire.subarray(at, at + size));
  expect([counter.messages, told, counter.pings]).toEqual([7, 7, 2]);
  expect(counter.bytes).toBe(lengths.reduce((sum, length) => sum + length, 0) - 8);
});

test('two fragments are one message', () => {
  const counter = new FrameCounter();
  counter.push(Buffer.from([0x01, 1, 0x78, 0x80, 2, 0x79, 0x7a]));
  expect([counter.messages, counter.bytes]).toEqual([1, 3]);
});
