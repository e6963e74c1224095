import { DrizzleQueryError } from 'drizzle-orm/errors';

/** The database cannot be used now: connection lost, disk full, worker dead, lock held by another process. */
export class DatabaseUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnavailable';
  }
}

/**
 * The database refused a statement. Says which rule was broken, never with which values: statements hold
 * passwords' hashes, tokens and people's work, and an error ends up in a log.
 */
export class QueryFailed extends Error {
  /** SQLSTATE, e.g. `23505`; `XX000` when there was none. */
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;

  constructor(code: string, constraint?: string, table?: string) {
    const where = [table && `table ${table}`, constraint && `constraint ${constraint}`].filter(Boolean).join(', ');
    super(
      where === '' ? `The database refused a query (${code}).` : `The database refused a query (${code}; ${where}).`,
    );
    this.name = 'QueryFailed';
    this.code = code;
    this.constraint = constraint;
    this.table = table;
  }
}

/** A mistake in the calling code: another scope inside a scope, or a transaction used after its end. */
export class ScopeMisuse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScopeMisuse';
  }
}

/** What both drivers put on their errors. */
export interface DriverError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
}

/** Class 08: connection; 53: resources (53100 disk full); 57P01-03: shutdown and start-up; 58030: I/O error. */
const unavailableStates = /^(08...|53...|57P0[1-5]|58030|25P03)$/;
const unavailableSystemErrors = /^(E[A-Z]{3,}|UND_.*)$/;
const unavailableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout)/;

/** Turns a driver's error into one of the classes above. Nothing of the statement or its values is kept. */
export function toDatabaseError(error: unknown): Error {
  if (error instanceof DatabaseUnavailable || error instanceof QueryFailed || error instanceof ScopeMisuse)
    return error;
  const { message, code, constraint, table } = asDriverError(error);
  if (code !== undefined && unavailableStates.test(code)) return new DatabaseUnavailable(unavailableText(code));
  if (code !== undefined && unavailableSystemErrors.test(code)) {
    return new DatabaseUnavailable(`The database cannot be reached (${code}).`);
  }
  if (unavailableMessages.test(message)) return new DatabaseUnavailable('The connection to the database was lost.');
  return new QueryFailed(code ?? 'XX000', constraint, table);
}

/** Takes Drizzle's wrapper off, whose message lists every parameter. Other errors pass unchanged. */
export function withoutParameters(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? toDatabaseError(error.cause) : error;
}

function unavailableText(code: string): string {
  return code === '53100' ? 'The disk of the database is full.' : `The database is not available (${code}).`;
}

function asDriverError(error: unknown): DriverError {
  if (!(error instanceof Error)) return { message: '' };
  const read = (key: string): string | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : undefined;
  };
  return { message: error.message, code: read('code'), constraint: read('constraint'), table: read('table') };
}
