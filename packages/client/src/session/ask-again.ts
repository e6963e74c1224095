/**
 * A call that the server refused because nobody is signed in, although somebody is: it was sent with a cookie that was
 * replaced while it was under way (a new password does that in another call). Nothing of it was done, so it is sent once
 * more, with the cookie of now.
 */
import type { AppRouter } from '@atrium/api';
import type { TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import { refusalOf } from '../refusal.ts';

/** Answers `none` or `changed` when the refusal is the truth; see `IdentityKeeper.check`. */
export type CheckSession = () => Promise<'valid' | 'none' | 'changed' | 'unreachable'>;

export function askAgain(check: CheckSession): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        let isOver = false;
        let running: Unsubscribable | null = null;
        const send = (isLast: boolean) => {
          running = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (isLast || refusalOf(error)?.reason !== 'SIGNED_OUT') observer.error(error);
              else void repeat().then((mayRepeat) => (mayRepeat ? send(true) : observer.error(error)));
            },
          });
        };
        const repeat = async () => {
          const answer = await check();
          return !isOver && answer !== 'none' && answer !== 'changed';
        };
        send(false);
        return () => {
          isOver = true;
          running?.unsubscribe();
        };
      });
}
