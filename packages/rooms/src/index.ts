export * from './kind/index.ts';
export type { Bus } from './bus/bus.ts';
export { createMemoryBus } from './bus/memory-bus.ts';
export { type Clock, systemClock } from './clock/clock.ts';
export { createRoomHub, type RoomHubOptions } from './hub/create-room-hub.ts';
export { RoomUnavailable, SendRefused } from './hub/errors.ts';
export { defaultLimits, type HubLimits } from './hub/limits.ts';
export type { HubReport } from './hub/report.ts';
export { type DoneBy, endReasons, type EndReason, type RoleChange, type RoomEvent } from './hub/room-event.ts';
export type {
  CursoredEvent,
  PresenceOptions,
  RoomFeed,
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
  BatchActor,
  ClientMemory,
  CommandMeta,
  CommandResult,
  RoomBatch,
  RoomLog,
  RoomSnapshot,
} from './log/room-log.ts';
export type { PresenceConnection, PresenceEvent, PresencePerson } from './presence/presence-event.ts';
