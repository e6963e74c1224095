import { hash, verify } from '@node-rs/argon2';
import { createGate } from './gate.ts';

/**
 * argon2id (the library's default variant) with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet. At most four at
 * once, so that a flood of sign-ins costs 76 MiB and not the machine. One takes about 25 ms: whoever has to wait at all
 * waits for a few seconds at most, or is told so at once (`LineFull`).
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const gate = createGate({ width: 4, longest: 400 });

/** PHC string. Throws `LineFull`. */
export function hashPassword(password: string): Promise<string> {
  return gate(() => hash(password.normalize('NFKC'), parameters));
}

let decoy: Promise<string> | null = null;

/** Past the gate, so that a full line does not leave the process without one. */
const makeDecoy = () => hash('no account has this password', parameters);

/**
 * True when the password fits. A missing hash costs the same work as a wrong password, so that the time of the answer
 * does not tell whether the account exists. Throws `LineFull`.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= makeDecoy();
  const expected = passwordHash ?? (await decoy);
  const fits = await gate(() => verify(expected, password.normalize('NFKC')));
  return fits && passwordHash !== null;
}

/** Computed before the first sign-in, which would otherwise be slower for unknown accounts than for known ones. */
export async function prepareDecoy(): Promise<void> {
  decoy ??= makeDecoy();
  await decoy;
}
