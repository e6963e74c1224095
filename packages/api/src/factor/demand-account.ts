import type { Identity } from '@atrium/auth';
import { Refusal } from '../refusal.ts';

/** Guests pass where sudo and a confirmed address are asked for, and have no account that anything could open. */
export function demandAccount({ user }: Identity): void {
  if (user.isGuest) throw new Refusal('NOT_ALLOWED', 'Guests have nothing to sign in to: create an account first.');
}
