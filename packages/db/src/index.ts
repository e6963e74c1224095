export type { Database, EndingListeners, OpenOptions } from './database.ts';
export type { Scope, ScopedTx } from './scope.ts';
export type { Ending } from './session/ending.ts';
export * from './schema/tables.ts';
