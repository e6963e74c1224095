/**
 * A call that the server refused because nobody is signed in, although somebody is: it was sent with a cookie that was
 * replaced while it was under way (a new password does that in another call). Nothing of it was done, so it is sent once
 * more, with the cookie of now.
 */
import type { AppRouter } from '@atrium/api';
import type { TRPCClientError, TRPCLink } from '@trpc/client';
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
              else void believe(error);
            },
          });
        };
        const believe = async (error: TRPCClientError<AppRouter>) => {
          const answer = await check();
          if (isOver) return;
          if (answer === 'none' || answer === 'changed') observer.error(error);
          else send(true);
        };
        send(false);
        return () => {
          isOver = true;
          running?.unsubscribe();
        };
      });
}
