import { expect, test, vi } from 'vitest';
import { answerProof, askForProof, isAskingForProof, stopAsking, subscribeToProof } from './proof-request.ts';

test('the answer reaches whoever asked, and the dialog closes', async () => {
  const listener = vi.fn();
  const unsubscribe = subscribeToProof(listener);
  const asked = askForProof();
  expect(isAskingForProof()).toBe(true);
  answerProof(true);
  expect(await asked).toBe(true);
  expect(isAskingForProof()).toBe(false);
  expect(listener).toHaveBeenCalledTimes(2);
  unsubscribe();
});

test('a question that is stopped is declined', async () => {
  const asked = askForProof();
  stopAsking();
  expect(await asked).toBe(false);
});

test('a second answer reaches nobody', async () => {
  const asked = askForProof();
  answerProof(false);
  answerProof(true);
  expect(await asked).toBe(false);
  expect(isAskingForProof()).toBe(false);
});

test('a newer question takes the place of an older one, which is declined', async () => {
  const first = askForProof();
  const second = askForProof();
  expect(await first).toBe(false);
  answerProof(true);
  expect(await second).toBe(true);
});
