import type { Identity } from '@atrium/auth';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { inputs, type Stage } from '../testing/matrix-inputs.ts';
import { Refusal } from '../refusal.ts';
import { answerInFull, openMatrix } from '../testing/matrix-stage.ts';
import { Scenes } from '../testing/matrix-scenes.ts';
import type { TestServices } from '../testing/test-services.ts';
import { policiesOf } from './assert-policies.ts';

/**
 * Nothing tells a stranger what there is: for every procedure, what is somebody else's is answered like what never was,
 * to the last word. What only whoever holds a secret can name (links, tokens) is left as it is.
 */
let kit: TestServices;
let stranger: Identity;
let theirs: Stage;
beforeAll(async () => {
  kit = await openMatrix();
  stranger = await kit.signUp();
  const { owner, place } = await new Scenes(kit).take(true, 'stranger');
  const made = { name: 'Bot', permissions: [], lifetime: 60_000 };
  const token = await kit.services.apiTokens.create(owner, made, { userAgent: undefined, address: '127.0.0.1' });
  theirs = {
    ...place,
    ...{ tokenId: token.id, refreshToken: 'none', inviteToken: 'none' },
    ...{ ownerSession: owner.session.publicId, ownerId: owner.user.id },
    mailedToken: () => Promise.resolve('none'),
  };
});
afterAll(() => kit[Symbol.asyncDispose]());

const never = (): Stage => ({
  ...theirs,
  ...{ roomId: randomUUID(), memberId: randomUUID(), memberSession: randomUUID(), askingId: randomUUID() },
  ...{ inviteId: randomUUID(), tokenId: randomUUID(), ownerSession: randomUUID(), ownerId: randomUUID() },
});

const named = [...policiesOf(appRouter)].filter(([path]) => {
  const ids = ['roomId', 'memberId', 'memberSession', 'inviteId', 'tokenId', 'ownerSession'];
  return ids.some((id) => inputs[path]?.toString().includes(id));
});

test('there are procedures to ask', () => {
  expect(named.length).toBeGreaterThan(30);
});

test.each(named)('%s answers alike what is not theirs and what is not there', async (path, policy) => {
  const transports = policy.transport ? [policy.transport] : (['http', 'socket'] as const);
  for (const transport of transports) {
    const ask = async (stage: Stage) => {
      const context = transport === 'http' ? kit.httpContext(stranger) : await kit.socketContext(stranger);
      const answer = await answerInFull(path, context, await inputs[path]?.(stage));
      return answer instanceof Refusal ? { reason: answer.reason, message: answer.message } : answer;
    };
    expect(await ask(theirs)).toEqual(await ask(never()));
  }
});
