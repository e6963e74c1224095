export { createMemoryRoomLog } from '../log/memory-room-log.ts';
export { describeRoomLog, type RoomLogFixture } from './describe-room-log.ts';
