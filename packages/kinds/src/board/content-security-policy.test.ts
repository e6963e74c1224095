import { expect, test } from 'vitest';
import { z } from 'zod';

/** A page that forbids `unsafe-eval` sets this before it imports the board: schemas look at it when they are made. */
test('the board works, and does not even try to make code, where that is forbidden', async () => {
  const attempts: unknown[] = [];
  const original = globalThis.Function;
  z.config({ jitless: true });
  globalThis.Function = new Proxy(original, {
    construct: (_, code) => {
      attempts.push(code);
      throw new EvalError('The content security policy forbids this.');
    },
  });
  try {
    const { checkElement } = await import('./index.ts');
    const element = { id: 'a', type: 'text', x: 0, y: 0, text: 'Hello' };
    expect(checkElement(element)).toMatchObject({ ok: true, element });
    expect(checkElement({ ...element, html: '<b>' })).toMatchObject({ ok: false });
    expect(attempts).toEqual([]);
  } finally {
    globalThis.Function = original;
    z.config({ jitless: false });
  }
});
