import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { policiesOf } from './assert-policies.ts';

test('a router with a procedure that has no policy is refused by name', () => {
  const bare = initTRPC.create();
  const router = bare.router({ inner: bare.router({ forgotten: bare.procedure.query(() => 1) }) });
  expect(() => policiesOf(router)).toThrow('inner.forgotten');
});
