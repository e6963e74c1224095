import type { RoomBatch, RoomEvent, StateJson } from '@atrium/rooms';
import { isSameJson } from '@atrium/rooms/kind';
import type { Person } from '../person.ts';
import type { ChaosClient } from './chaos-client.ts';
import { judgeLog, replay } from './judge-log.ts';
import type { Script } from './script.ts';

export interface RoomUnderTrial {
  readonly roomId: string;
  readonly script: Script;
  readonly clients: readonly ChaosClient[];
  /** A member who comes now and sees what the server has. */
  readonly witness: Person;
}

/** The promise of a room: how long everybody may take to show the same, milliseconds. */
const patience = 15_000;

/** Waits until everything is delivered and shown; answers what is wrong then, and the state that the server has. */
export async function judgeReplicas(room: RoomUnderTrial): Promise<{ flaws: readonly string[]; state: StateJson }> {
  const { clients, script } = room;
  const flaws: string[] = [];
  const note = (error: unknown) => void flaws.push(error instanceof Error ? error.message : String(error));
  await Promise.all(clients.map((client) => client.delivered(2 * patience).catch(note)));
  const state = await stateOf(room);
  await Promise.all(clients.map((client) => client.shows(state, patience).catch(note)));
  const counts = new Map(clients.map(({ name, typed }) => [name, typed]));
  flaws.push(...clients.flatMap((client) => client.flaws), ...script.judge(state, counts));
  return { flaws, state };
}

/** What is wrong with the log behind that state. */
export function judgeHistory(
  { clients, script }: RoomUnderTrial,
  { batches, state }: { batches: readonly RoomBatch[]; state: StateJson },
): readonly string[] {
  const typed = clients.reduce((sum, client) => sum + client.typed, 0);
  const replayed = replay(batches, script.kind);
  const isSame = replayed === null || isSameJson(replayed, state);
  return [...judgeLog(batches, typed), ...(isSame ? [] : ['the log leads to something else'])];
}

async function stateOf({ roomId, witness }: RoomUnderTrial): Promise<StateJson> {
  await using socket = await witness.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  const event = (await socket.event('snapshot', patience)) as Extract<RoomEvent, { type: 'snapshot' }>;
  return event.state;
}
