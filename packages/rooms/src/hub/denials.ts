import type { RoomServices } from './room-services.ts';

/** In a row; each is another change of a role in the milliseconds between a decision and its commit. */
const most = 20;

/** What a room does when its log has denied a batch: somebody has lost a role since it was decided. */
export class Denials {
  readonly #services: Pick<RoomServices, 'recheck' | 'outages'>;
  #count = 0;

  constructor(services: Pick<RoomServices, 'recheck' | 'outages'>) {
    this.#services = services;
  }

  /** Something was written: they were no mistake. */
  over(): void {
    this.#count = 0;
  }

  /** `conflict`: what waits is to be decided again, by what everybody may do now. Throws when that never ends. */
  async recheck(roomId: string): Promise<'conflict' | 'unavailable'> {
    this.#count += 1;
    if (this.#count > most) throw new Error('The log denies what everybody else says is allowed.');
    try {
      await this.#services.recheck(roomId);
      return 'conflict';
    } catch (cause) {
      this.#services.outages.failed(roomId, 'writing', cause);
      return 'unavailable';
    }
  }
}
