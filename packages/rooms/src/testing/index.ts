export { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
export { createMemoryRoomLog } from '../log/memory-room-log.ts';
export { describeBus } from './describe-bus.ts';
export { describeRoomLog, type RoomLogFixture } from './describe-room-log.ts';
export { tally } from './tally-kind.ts';
