import type { CursoredEvent } from '@atrium/rooms';
import { messageText } from './event-text.ts';
import type { WireId } from './wire.ts';

/** The frames of these events for everybody whose subscription has this number, in one piece. */
export function framesOf(id: WireId, events: readonly CursoredEvent[]): Buffer {
  return textFrames(events.map((event) => messageText(id, event)));
}

/** Unmasked text frames, each in one fragment, one behind the other (RFC 6455, section 5.2). */
export function textFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const frames = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headerLength(length) + length, 0));
  let offset = 0;
  for (const [index, text] of texts.entries()) {
    const length = lengths[index] ?? 0;
    writeHeader(frames, offset, length);
    offset += headerLength(length);
    offset += frames.write(text, offset);
  }
  return frames;
}

function headerLength(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}

function writeHeader(frames: Buffer, offset: number, length: number): void {
  frames[offset] = 0x81;
  if (length < 126) {
    frames[offset + 1] = length;
  } else if (length < 65_536) {
    frames[offset + 1] = 126;
    frames.writeUInt16BE(length, offset + 2);
  } else {
    frames[offset + 1] = 127;
    frames.writeBigUInt64BE(BigInt(length), offset + 2);
  }
}
