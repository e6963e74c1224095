import { expect, test } from 'vitest';
import { createMailLimits } from './mail-limits.ts';
import { TooManyAttempts } from './consume.ts';

test('A50 the sixth mail to one address from one network is refused; its owner elsewhere still gets theirs', async () => {
  const limits = createMailLimits();
  for (let n = 0; n < 5; n += 1) await limits.mail('ada@example.org', `2001:db8::${n}`);
  await expect(limits.mail('ada@example.org', '2001:db8::77')).rejects.toThrow(TooManyAttempts);
  await limits.mail('ada@example.org', '203.0.113.1');
  await limits.mail('bob@example.org', '2001:db8::77');
});

test('A50 many networks together are no mail bomb', async () => {
  const limits = createMailLimits();
  for (let n = 0; n < 20; n += 1) await limits.mail('ada@example.org', `203.0.${n}.1`);
  await expect(limits.mail('ada@example.org', '198.51.100.1')).rejects.toThrow(TooManyAttempts);
});

test('A50 one network cannot write to a hundred addresses', async () => {
  const limits = createMailLimits();
  for (let n = 0; n < 60; n += 1) await limits.mail(`user${n}@example.org`, '203.0.113.1');
  await expect(limits.mail('one-more@example.org', '203.0.113.1')).rejects.toThrow(TooManyAttempts);
});
