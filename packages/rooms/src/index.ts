export * from './kind/index.ts';
export type { Bus } from './bus/bus.ts';
export { RoomUnavailable, SendRefused } from './hub/errors.ts';
export { endReasons, type EndReason, type RoomEvent } from './hub/room-event.ts';
export type {
  CursoredEvent,
  PresenceOptions,
  RoomHub,
  RoomRef,
  SendAnswer,
  SendRequest,
  SentCommand,
  WatchOptions,
  Watcher,
} from './hub/room-hub.ts';
export type {
  AppendOutcome,
  ClientMemory,
  CommandMeta,
  CommandResult,
  RoomBatch,
  RoomLog,
  RoomSnapshot,
} from './log/room-log.ts';
export type { PresenceConnection, PresenceEvent, PresencePerson } from './presence/presence-event.ts';
