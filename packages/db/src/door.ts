import { AsyncLocalStorage } from 'node:async_hooks';
import type { Backend, Statement } from './backend.ts';
import { QueryFailed, ScopeMisuse, withoutParameters } from './errors.ts';
import type { Scope, ScopedTx } from './scope.ts';
import type { SystemDoor } from './system-doors.ts';

/** The transaction that the current chain of calls is inside of. */
interface Inside {
  readonly backend: Backend;
  readonly scope: Scope;
  readonly tx: ScopedTx;
  isOpen: boolean;
}

const inside = new AsyncLocalStorage<Inside>();

/** Scopes that are open. While there is none, nothing is tracked: it would slow down every promise of the process. */
let open = 0;

/**
 * The one door to the data: a transaction as the scope's role, which ends with it. A call inside the same scope joins
 * its transaction; inside another scope it throws `ScopeMisuse`, because a second transaction would wait for the
 * first one's connection. Await nothing but the database inside. Errors lose their parameters on the way out.
 */
export async function withScope<T>(backend: Backend, scope: Scope, run: (tx: ScopedTx) => Promise<T>): Promise<T> {
  const outer = inside.getStore();
  if (outer?.isOpen && outer.backend === backend) return await joined(outer, scope, run);
  const transaction = await backend.begin(openingOf(scope));
  const store: Inside = { backend, scope, tx: transaction.tx, isOpen: true };
  let result: T;
  open += 1;
  try {
    result = await inside.run(store, () => run(transaction.tx));
  } catch (error) {
    await transaction.rollback();
    throw withoutParameters(error);
  } finally {
    store.isOpen = false;
    open -= 1;
    if (open === 0) inside.disable();
  }
  // A failed statement whose error was swallowed turns COMMIT into ROLLBACK without an error.
  if ((await transaction.commit()) !== 'COMMIT') throw new QueryFailed('25P02');
  return result;
}

/**
 * The side door, for what is too frequent for a transaction of several round trips: one call of a function of the
 * database that is a door by itself (it runs as `app_system`, and `app_user` may not call it). Commits by itself.
 */
export async function callSystem(
  backend: Backend,
  scope: { readonly system: SystemDoor },
  statement: Pick<Statement, 'text' | 'values'>,
): Promise<readonly Record<string, unknown>[]> {
  return await backend.call({ name: scope.system, ...statement });
}

/** Throws `ScopeMisuse` where something that commits by itself would wait for the connection of its own caller. */
export function assertOutsideScope(backend: Backend): void {
  const outer = inside.getStore();
  if (!outer?.isOpen || outer.backend !== backend) return;
  throw new ScopeMisuse(`What commits by itself cannot be done inside a scope (${nameOf(outer.scope)}).`);
}

async function joined<T>(outer: Inside, scope: Scope, run: (tx: ScopedTx) => Promise<T>): Promise<T> {
  if (openingOf(outer.scope) !== openingOf(scope)) {
    throw new ScopeMisuse(`A scope (${nameOf(scope)}) cannot be opened inside another one (${nameOf(outer.scope)}).`);
  }
  return await run(outer.tx);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Role and user for this transaction only. The id goes into the text, so it must be nothing but a UUID. */
function openingOf(scope: Scope): string {
  if ('system' in scope) return opening('app_system', '');
  if (!uuid.test(scope.user)) throw new ScopeMisuse('The user of a scope must be a UUID.');
  return opening('app_user', scope.user);
}

function opening(role: string, userId: string): string {
  return `select set_config('role', '${role}', true), set_config('app.user_id', '${userId}', true)`;
}

function nameOf(scope: Scope): string {
  return 'system' in scope ? `system: ${scope.system}` : 'user';
}
