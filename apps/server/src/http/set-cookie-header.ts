import type { ServerResponse } from 'node:http';

/** Adds a Set-Cookie header beside those of other cookies; of two for the same cookie the later one goes out. */
export function setCookieHeader(res: Pick<ServerResponse, 'getHeader' | 'setHeader'>, header: string): void {
  const before = [res.getHeader('Set-Cookie') ?? []].flat().map(String);
  const others = before.filter((other) => nameOf(other) !== nameOf(header));
  res.setHeader('Set-Cookie', [...others, header]);
}

function nameOf(header: string): string {
  return header.slice(0, header.indexOf('='));
}
