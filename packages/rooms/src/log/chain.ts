import { createHash } from 'node:crypto';
import type { RoomBatch } from './room-log.ts';

/** The batch with its hash: SHA-256 (hex) over everything else in it, its predecessor's hash included. */
export function sealBatch(batch: Omit<RoomBatch, 'hash'>): RoomBatch {
  return { ...batch, hash: createHash('sha256').update(canonicalJson(batch)).digest('hex') };
}

/** True when `batch` follows a batch with this version and hash, and nothing in it was changed since. */
export function isNext(batch: RoomBatch, ver: number, hash: string): boolean {
  if (batch.ver !== ver + 1 || batch.prevHash !== hash) return false;
  const { hash: sealed, ...rest } = batch;
  return sealBatch(rest).hash === sealed;
}

/** JSON with sorted keys: a database may give an object back in another order than it was given. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let json = '';
  for (const key of Object.keys(value).toSorted()) {
    const item: unknown = Reflect.get(value, key);
    json += `${json === '' ? '{' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return json === '' ? '{}' : `${json}}`;
}
