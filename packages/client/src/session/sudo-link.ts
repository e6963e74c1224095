/**
 * Asks the person to prove who they are when the server wants it (`SUDO_REQUIRED`), and repeats the refused call: over HTTP
 * and over the socket alike. Many calls that are refused at once share one question.
 *
 * Invariants: a call is repeated at most once; never in the name of another session than the one it was made in.
 */
import type { AppRouter } from '@atrium/api';
import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable, type Observer, type Unsubscribable } from '@trpc/server/observable';
import { type Connection, SessionEndedError } from '../connection/connection.ts';
import { refusalOf } from '../refusal.ts';

/** Asks the person once. Answers true when they have proved it, false when they would rather not. */
export type AskForProof = () => Promise<boolean>;

/** The part of the connection that tells which session this is. */
export type SessionView = Pick<Connection, 'ended' | 'sessionCount'>;

/** The call that proves it: were it refused for want of proof, there would be no end of asking. */
const provingCall = 'auth.reauthenticate';

type Verdict = 'proved' | 'declined' | 'ended';

/** One question for all who need its answer at the same time. */
class SharedQuestion {
  /** How often it was answered with yes. */
  provedCount = 0;
  private readonly ask: AskForProof;
  private readonly session: SessionView;
  private asking: Promise<Verdict> | null = null;

  constructor(ask: AskForProof, session: SessionView) {
    this.ask = ask;
    this.session = session;
  }

  put(): Promise<Verdict> {
    this.asking ??= this.answer().finally(() => (this.asking = null));
    return this.asking;
  }

  private async answer(): Promise<Verdict> {
    const { session } = this;
    const { sessionCount } = session;
    let stopWatching = () => {};
    const ended = new Promise<'ended'>((resolve) => {
      stopWatching = session.ended.subscribe(() => session.ended.get() && resolve('ended'));
    });
    const asked = this.ask().then(
      (isProved): Verdict => (isProved ? 'proved' : 'declined'),
      (): Verdict => 'declined',
    );
    const verdict = await Promise.race([ended, asked]).finally(() => stopWatching());
    if (verdict !== 'proved') return verdict;
    if (session.sessionCount !== sessionCount) return 'declined';
    this.provedCount += 1;
    return verdict;
  }
}

function needsProof(error: unknown, { path }: Operation): boolean {
  return path !== provingCall && refusalOf(error)?.reason === 'SUDO_REQUIRED';
}

/** Place it before the link that chooses between HTTP and the socket. */
export function sudoLink(ask: AskForProof, session: SessionView): TRPCLink<AppRouter> {
  return () => {
    const question = new SharedQuestion(ask, session);
    return ({ next, op }) =>
      observable((observer) => {
        const { provedCount } = question;
        const { sessionCount } = session;
        let running: Unsubscribable | null = null;
        let isLeft = false;
        const call = (onError: Observer<never, TRPCClientError<AppRouter>>['error']) => {
          running = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: onError,
          });
        };
        const askAndRepeat = async (refusal: TRPCClientError<AppRouter>) => {
          // What was refused before somebody else's question was answered needs no question of its own.
          const isProvedSince = question.provedCount > provedCount;
          const verdict = await (isProvedSince ? Promise.resolve<Verdict>('proved') : question.put());
          if (isLeft) return;
          if (verdict === 'proved') call((error) => observer.error(error));
          else observer.error(verdict === 'ended' ? endedError(session) : refusal);
        };
        call((error) => {
          if (needsProof(error, op) && session.sessionCount === sessionCount) void askAndRepeat(error);
          else observer.error(error);
        });
        return () => {
          isLeft = true;
          running?.unsubscribe();
        };
      });
  };
}

function endedError({ ended }: SessionView): TRPCClientError<AppRouter> {
  return TRPCClientError.from(new SessionEndedError(ended.get() ?? 'signed-out'));
}
