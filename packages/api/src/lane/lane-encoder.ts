import { Lane } from './lane.ts';
import type { WireId } from './wire.ts';

/**
 * tRPC's JSON, except for the message that carries a lane: the lane says what is sent instead, and is bound to the
 * subscription by that, so no event can fall between the first one and those that follow.
 */
export const laneEncoder = {
  encode(message: unknown): string | Uint8Array<ArrayBuffer> {
    const { id = null, result } = message as Message;
    const carried = result?.data?.data;
    return carried instanceof Lane ? carried.bind(id) : JSON.stringify(message);
  },
  decode(data: string | ArrayBuffer | Uint8Array): unknown {
    if (typeof data !== 'string') throw new Error('Only text frames are understood.');
    return JSON.parse(data);
  },
};

interface Message {
  readonly id?: WireId;
  readonly result?: { readonly data?: { readonly data?: unknown } | null };
}
