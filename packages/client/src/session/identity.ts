/**
 * Who the server takes us for. Asked once per session; what is kept for somebody is only ever sent in their name.
 */

export interface Identity {
  readonly userId: string;
  readonly name: string;
}

/** What the server said: somebody, nobody, or nothing at all. */
export type WhoAnswer = Identity | 'nobody' | 'unreachable';

export class IdentityKeeper {
  private readonly ask: () => Promise<WhoAnswer>;
  private readonly pause: (failures: number) => Promise<void>;
  private known: Identity | null = null;
  private lastKnown: Identity | null = null;
  private asking: Promise<Identity | null> | null = null;

  /** `pause` waits after the given number of questions in a row that were not answered. */
  constructor(ask: () => Promise<WhoAnswer>, pause: (failures: number) => Promise<void>) {
    this.ask = ask;
    this.pause = pause;
  }

  /** Who was signed in last, also when that is over. */
  get last(): Identity | null {
    return this.lastKnown;
  }

  /** Null for nobody. Waits as long as the server cannot be reached. */
  get(): Promise<Identity | null> {
    if (this.known) return Promise.resolve(this.known);
    this.asking ??= this.find();
    return this.asking;
  }

  /** Looks whether it is still the same person. */
  async check(): Promise<'valid' | 'none' | 'changed' | 'unreachable'> {
    const { known } = this;
    const answer = await this.ask();
    if (answer === 'unreachable') return answer;
    if (answer === 'nobody') return 'none';
    return known && known.userId !== answer.userId ? 'changed' : 'valid';
  }

  /** Another session: whoever asks next asks the server. */
  forget(): void {
    this.known = null;
    this.asking = null;
  }

  private async find(): Promise<Identity | null> {
    for (let failures = 1; ; failures += 1) {
      const answer = await this.ask();
      if (answer === 'nobody') {
        this.asking = null;
        return null;
      }
      if (answer !== 'unreachable') {
        this.known = answer;
        this.lastKnown = answer;
        return answer;
      }
      await this.pause(failures);
    }
  }
}
