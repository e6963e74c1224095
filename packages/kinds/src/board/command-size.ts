import { jsonBytes } from '@atrium/rooms/kind';

/** True when the JSON of `value` has about `limit` bytes at most. Stops counting there, however deep it goes. */
export function isWithinBytes(value: unknown, limit: number): boolean {
  const rest = [value];
  let bytes = 0;
  while (rest.length > 0 && bytes <= limit) {
    const next = rest.pop();
    if (typeof next === 'string') bytes += next.length > limit ? next.length : jsonBytes(next);
    else if (typeof next === 'number') bytes += String(next).length;
    else if (typeof next !== 'object' || next === null) bytes += 4;
    else bytes += open(next, rest);
    bytes += 1;
  }
  return bytes <= limit;
}

/** Puts what is inside on the stack; answers what the names and brackets around it cost. */
function open(container: object, rest: unknown[]): number {
  if (Array.isArray(container)) {
    for (const item of container) rest.push(item);
    return 1;
  }
  let bytes = 1;
  for (const [key, value] of Object.entries(container)) {
    bytes += key.length + 3;
    rest.push(value);
  }
  return bytes;
}
