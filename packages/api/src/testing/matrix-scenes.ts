import type { Identity } from '@atrium/auth';
import { insertAccessRequest } from '@atrium/db';
import { appRouter } from '../app-router.ts';
import { type Actor, changers } from './matrix-actors.ts';
import type { TestServices } from './test-services.ts';

export interface Scene {
  readonly owner: Identity;
  readonly place: Awaited<ReturnType<typeof openPlace>> | typeof noPlace;
  /** Who has come so far. */
  readonly people: Map<string, Identity | null>;
  /** A program of the owner, where one is needed. */
  issued?: { readonly tokenId: string; readonly refreshToken: string };
}

/** What nobody has changed is there for the next one: most calls are refused, or only look. */
export class Scenes {
  readonly #kit: TestServices;
  readonly #unchanged = new Map<string, Scene>();

  constructor(kit: TestServices) {
    this.#kit = kit;
  }

  async take(isAboutRoom: boolean, actor: Actor): Promise<Scene> {
    const key = keyOf(isAboutRoom, actor);
    const kept = this.#unchanged.get(key);
    this.#unchanged.delete(key);
    if (kept) return kept;
    const owner = await this.#kit.signUp();
    return { owner, place: isAboutRoom ? await openPlace(this.#kit, owner) : noPlace, people: new Map() };
  }

  giveBack(scene: Scene, actor: Actor): void {
    this.#unchanged.set(keyOf(scene.place !== noPlace, actor), scene);
  }
}

function keyOf(isAboutRoom: boolean, actor: Actor): string {
  return `${isAboutRoom} ${changers.has(actor) ? actor : ''}`;
}

const noPlace = { roomId: null, memberId: '', memberSession: '', askingId: '', inviteId: '', inviteToken: '' };

async function openPlace(kit: TestServices, owner: Identity) {
  const roomId = await kit.createRoom(owner);
  const invite = await appRouter.createCaller(kit.httpContext(owner)).invites.create({ roomId, role: 'viewer' });
  const member = await kit.signUp();
  await kit.join(roomId, member, 'viewer');
  const asking = await kit.signUp();
  const { id: askingId, name } = asking.user;
  await kit.services.db.withScope({ system: 'test' }, (tx) =>
    insertAccessRequest(tx, { roomId, userId: askingId, name }),
  );
  const memberSession = member.session.publicId;
  return { roomId, memberId: member.user.id, memberSession, askingId, inviteId: invite.id, inviteToken: invite.token };
}
