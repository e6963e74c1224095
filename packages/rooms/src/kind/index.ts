export type { Diff, PropChange, RecordChange } from './diff.ts';
export type { Json, JsonObject, RoomRecord, StateJson, StateReader } from './record.ts';
export { Rejection, type RejectionCode } from './rejection.ts';
export { isAtLeast, type Role, roles } from './role.ts';
export type { Actor, CommandContext, CommandDefinition, RoomKind, Tx } from './room-kind.ts';
