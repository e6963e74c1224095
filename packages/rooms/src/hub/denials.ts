import type { BatchActor } from '../log/room-log.ts';
import type { RoomServices } from './room-services.ts';

/** In a row; each is another change of a role in the milliseconds between a decision and its commit. */
const most = 20;
const none: ReadonlySet<string> = new Set();

/** What a room does when its log has denied a batch: somebody has lost a role, or is signed out, since it was decided. */
export class Denials {
  readonly #services: Pick<RoomServices, 'recheck' | 'outages'>;
  #count = 0;
  #ended = none;

  constructor(services: Pick<RoomServices, 'recheck' | 'outages'>) {
    this.#services = services;
  }

  /** The sign-ins that the last denial was about: word of their end has not come yet. */
  get ended(): ReadonlySet<string> {
    return this.#ended;
  }

  /** Something was written: they were no mistake. */
  over(): void {
    this.#count = 0;
    this.#ended = none;
  }

  /** `conflict`: what waits is to be decided again, by what everybody may do now. Throws when that never ends. */
  async recheck(roomId: string, actors: readonly BatchActor[]): Promise<'conflict' | 'unavailable'> {
    this.#count += 1;
    if (this.#count > most) throw new Error('The log denies what everybody else says is allowed.');
    try {
      const ended = await this.#services.recheck(roomId, actors);
      this.#ended = new Set([...this.#ended, ...ended]);
      return 'conflict';
    } catch (cause) {
      this.#services.outages.failed(roomId, 'writing', cause);
      return 'unavailable';
    }
  }
}
