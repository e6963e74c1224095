/** Counts the messages in a stream of WebSocket frames as a server sends them, whatever way they are cut. */
export class FrameCounter {
  messages = 0;
  /** Bytes of payload. */
  bytes = 0;
  /** Messages of four bytes: the server asks whether somebody is there. */
  pings = 0;
  #header: number[] = [];
  #left = 0;
  #isLast = true;

  /** Answers how many messages were completed by `chunk`. A ping does not count. */
  push(chunk: Buffer): number {
    const before = this.messages;
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(this.#left, chunk.length - at);
      at += taken;
      this.#left -= taken;
      if (at < chunk.length) at = this.#readHeader(chunk, at);
    }
    return this.messages - before;
  }

  #readHeader(chunk: Buffer, at: number): number {
    let next = at;
    while (next < chunk.length) {
      this.#header.push(chunk[next] ?? 0);
      next += 1;
      const length = lengthIn(this.#header);
      if (length === null) continue;
      this.#isLast = ((this.#header[0] ?? 0) & 0x80) !== 0;
      this.#header = [];
      this.#left = length;
      if (length === 4) {
        this.pings += 1;
      } else {
        this.bytes += length;
        if (this.#isLast) this.messages += 1;
      }
      break;
    }
    return next;
  }
}

/** RFC 6455, section 5.2; null while the header is not complete. */
function lengthIn(header: readonly number[]): number | null {
  const [, second = -1, ...more] = header;
  if (second < 126) return second < 0 ? null : second;
  const size = second === 126 ? 2 : 8;
  return more.length < size ? null : more.reduce((sum, byte) => sum * 256 + byte, 0);
}
