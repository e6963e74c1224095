export { type AtriumClient, type AtriumClientOptions, createAtriumClient, type Fetch } from './atrium-client.ts';
export { type Connection, type ConnectionStatus, SessionEndedError } from './connection/connection.ts';
export type { WakeSource } from './connection/wake.ts';
export { endSentences } from './ending.ts';
export type { Observable } from './observable.ts';
export { type Refusal, RefusedError, refusalOf } from './refusal.ts';
export { type RecordStore, scheduleFrame, type StoreChange } from './room/record-store.ts';
export {
  type ClientKind,
  openRoom,
  type OpenRoomOptions,
  type Room,
  RoomClosedError,
  type RoomStatus,
} from './room/room.ts';
