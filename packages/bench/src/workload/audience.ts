/** Counts who has heard a message. */
export class Audience {
  readonly #size: number;
  #left = 0;
  #everybody: () => void = () => {};

  constructor(size: number) {
    this.#size = size;
  }

  /** One more has heard it. */
  readonly hear = (): void => {
    this.#left -= 1;
    if (this.#left === 0) this.#everybody();
  };

  /** Says it, and resolves when all have heard it. */
  async hearing(say: () => void): Promise<void> {
    this.#left = this.#size;
    const everybody = new Promise<void>((resolve) => (this.#everybody = resolve));
    say();
    await everybody;
  }
}
