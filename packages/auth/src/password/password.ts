import { hash, verify } from '@node-rs/argon2';
import { createGate } from './gate.ts';

/**
 * argon2id (the library's default variant) with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet. At most four at
 * once, so that a flood of sign-ins costs 76 MiB and not the machine.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const gate = createGate(4);

/** PHC string. */
export function hashPassword(password: string): Promise<string> {
  return gate(() => hash(password.normalize('NFKC'), parameters));
}

let decoy: Promise<string> | null = null;

/**
 * True when the password fits. A missing hash costs the same work as a wrong password, so that the time of the answer
 * does not tell whether the account exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const expected = passwordHash ?? (await decoy);
  const fits = await gate(() => verify(expected, password.normalize('NFKC')));
  return fits && passwordHash !== null;
}

/** Computed before the first sign-in, which would otherwise be slower for unknown accounts than for known ones. */
export async function prepareDecoy(): Promise<void> {
  decoy ??= hashPassword('no account has this password');
  await decoy;
}
