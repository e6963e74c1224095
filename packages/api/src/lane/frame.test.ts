import { expect, test } from 'vitest';
import { framesOf, textFrames } from './frame.ts';

/** Payloads of unmasked text frames, as RFC 6455 says. That real clients read them, packages/testkit shows. */
function payloadsIn(frames: Buffer): string[] {
  const payloads: string[] = [];
  for (let at = 0; at < frames.length;) {
    expect(frames[at]).toBe(0x81);
    const short = frames[at + 1] ?? 0;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    const length =
      short < 126 ? short : short === 126 ? frames.readUInt16BE(at + 2) : Number(frames.readBigUInt64BE(at + 2));
    at = start + length;
    payloads.push(frames.toString('utf8', start, at));
  }
  return payloads;
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 300_000])('F5 a frame of %i bytes says how long it is', (length) => {
  const text = 'é'.repeat(length >> 1) + 'x'.repeat(length & 1);
  const frame = textFrames([text]);
  expect(frame.length - length).toBe(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  expect(payloadsIn(frame)).toEqual([text]);
});

test('F8 several frames are one piece, whatever is in them', () => {
  const texts = ['{"a":1}', 'ü🦊'.repeat(100), '', 'x'.repeat(70_000)];
  expect(payloadsIn(textFrames(texts))).toEqual(texts);
});

test('F5 a message is what tRPC sends for a tracked event, with whatever number the client chose', () => {
  const event = {
    type: 'diff',
    prev: 1,
    ver: 2,
    at: 3,
    by: ['ü'],
    acks: [{ clientId: 'c', seq: 1 }],
    diff: {},
  } as const;
  for (const id of [7, '7', 'a"b']) {
    const [text] = payloadsIn(framesOf(id, [{ cursor: '1:2:board.1.editor', event }]));
    const envelope = { id: '1:2:board.1.editor', data: event };
    expect(JSON.parse(text ?? '')).toEqual({ id, result: { type: 'data', id: envelope.id, data: envelope } });
  }
});
