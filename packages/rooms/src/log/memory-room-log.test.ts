import { describeRoomLog } from '../testing/describe-room-log.ts';
import { createMemoryRoomLog } from './memory-room-log.ts';

describeRoomLog('the memory log', async () => ({
  log: createMemoryRoomLog(),
  newRoomId: async () => crypto.randomUUID(),
  [Symbol.asyncDispose]: async () => {},
}));
