import { expect, test } from 'vitest';
import { outboxAnswers, outboxPromises } from '../testing/outbox-promises.ts';
import { MemoryOutbox } from './memory-outbox.ts';

test.each(Object.entries(outboxPromises))('%s', async (promise, run) => {
  expect(await run(new MemoryOutbox())).toEqual(outboxAnswers[promise]);
});
