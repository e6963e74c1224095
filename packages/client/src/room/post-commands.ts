import type { SendAnswer } from '@atrium/rooms';
import type { AtriumClient } from '../atrium-client.ts';
import { SessionEndedError } from '../connection/connection.ts';
import { refusalOf } from '../refusal.ts';
import type { Identity } from '../session/identity.ts';
import type { Batch } from './command-queue.ts';

export interface CommandPost {
  readonly roomId: string;
  readonly batch: Batch;
  /** Whose commands these are: the server refuses them from anybody else. */
  readonly person: Identity | null;
  /** The session in which they were made, or taken over. */
  readonly sessionCount: number;
}

/** Sends a batch, in the name of the person who made it and in no other. */
export async function postCommands(client: AtriumClient, post: CommandPost): Promise<SendAnswer> {
  const { connection } = client;
  const ended = connection.ended.get();
  if (ended || connection.sessionCount !== post.sessionCount) throw new SessionEndedError(ended ?? 'signed-out');
  const { clientId, commands } = post.batch;
  const { roomId, person } = post;
  try {
    return await client.trpc.rooms.send.mutate({
      roomId,
      clientId,
      commands: [...commands],
      ...(person && { as: person.userId }),
    });
  } catch (error) {
    if (refusalOf(error)?.reason === 'OTHER_PERSON') connection.end('signed-out');
    throw error;
  }
}
