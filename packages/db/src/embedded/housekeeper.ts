import type { PGlite } from '@electric-sql/pglite';

const lookEvery = 500; // ms

export interface Limits {
  /** Bytes of log since the last checkpoint. */
  readonly checkpointAt: number;
  /** Transactions since the last round of VACUUM. */
  readonly vacuumAfter: number;
  /** Milliseconds without work before one table is vacuumed. */
  readonly idleFor: number;
}

/** Crash recovery replays what was written since the last checkpoint: 8 MB take well under a second. */
const defaults: Limits = { checkpointAt: 8 * 1024 * 1024, vacuumAfter: 5_000, idleFor: 10_000 };

/**
 * What PostgreSQL's background processes do elsewhere; the embedded engine has none. Checkpoints bound the log on
 * disk and the time of the next start; VACUUM (ANALYZE), one table at a time and only while nobody works, keeps
 * tables and plans in shape.
 */
export class Housekeeper {
  readonly counters = { checkpoints: 0, vacuums: 0 };
  readonly #pg: PGlite;
  readonly #limits: Limits;
  #timer: NodeJS.Timeout | undefined;
  #lastWork = Date.now();
  #sinceLook = 0;
  #sinceVacuum = 0;
  #toVacuum: string[] = [];

  constructor(pg: PGlite, limits: Limits = defaults) {
    this.#pg = pg;
    this.#limits = limits;
  }

  /** `enqueue` puts work into the same line as the requests, so that it never runs beside one. */
  start(enqueue: (work: () => Promise<void>) => void): void {
    this.#timer = setInterval(() => enqueue(() => this.look()), lookEvery);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  sawTransaction(): void {
    this.#sinceLook += 1;
    this.#sinceVacuum += 1;
    this.#lastWork = Date.now();
  }

  /** Does what is due, and nothing while a transaction is open. */
  async look(): Promise<void> {
    if (this.#pg.isInTransaction() || this.#pg.closed) return;
    if (this.#sinceLook > 0) await this.#checkpointIfDue();
    if (Date.now() - this.#lastWork >= this.#limits.idleFor) await this.#vacuumOne();
  }

  async #checkpointIfDue(): Promise<void> {
    this.#sinceLook = 0;
    const { rows } = await this.#pg.query<{ gap: string }>(
      'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::text as gap from pg_control_checkpoint()',
    );
    if (Number(rows[0]?.gap ?? 0) < this.#limits.checkpointAt) return;
    await this.#pg.exec('checkpoint');
    this.counters.checkpoints += 1;
  }

  async #vacuumOne(): Promise<void> {
    if (this.#sinceVacuum >= this.#limits.vacuumAfter && this.#toVacuum.length === 0) {
      this.#sinceVacuum = 0;
      const { rows } = await this.#pg.query<{ name: string }>(
        `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
      );
      this.#toVacuum = rows.map((row) => row.name);
    }
    const table = this.#toVacuum.pop();
    if (table === undefined) return;
    await this.#pg.exec(`vacuum (analyze) public.${table}`);
    this.counters.vacuums += 1;
  }
}
