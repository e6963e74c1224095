import { describeBus } from '../testing/describe-bus.ts';
import { createMemoryBus } from './memory-bus.ts';

describeBus('the memory bus', async () => ({
  bus: createMemoryBus(),
  settled: () => Promise.resolve(),
  [Symbol.asyncDispose]: async () => {},
}));
