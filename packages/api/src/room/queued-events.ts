import type { RoomEvent, Watcher } from '@atrium/rooms';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import type { SocketConnection } from '../socket/socket-connection.ts';

export interface QueueOptions {
  readonly connection: Pick<SocketConnection, 'ended' | 'drained'>;
  /** Called when the first event was taken. */
  readonly begun: () => void;
  readonly signal: AbortSignal;
}

/** The events of a watcher one by one, as fast as they are pulled: what a stream is where there is no socket to lead past tRPC. */
export async function* queuedEvents(
  watcher: Watcher,
  { connection, begun, signal }: QueueOptions,
): AsyncGenerator<TrackedEnvelope<RoomEvent>> {
  for await (const { cursor, event } of watcher) {
    if (connection.ended && event.type !== 'end') continue;
    yield tracked(cursor, event);
    if (event.type === 'end') return;
    begun();
    await connection.drained(signal);
  }
}
