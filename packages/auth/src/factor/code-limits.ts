import { consume } from '../limit/consume.ts';
import { LimitBook } from '../limit/limit-book.ts';

export interface CodeLimits {
  /** Counts one try before it is compared, wherever it comes from; throws `TooManyAttempts`. */
  attempt(userId: string, kind: 'totp' | 'recovery-code'): Promise<void>;
  /** A right code forgives the earlier tries of its kind; of those of the day, itself alone. */
  forgive(userId: string, kind: 'totp' | 'recovery-code'): Promise<void>;
}

/**
 * By account alone, because whoever gets here knows the password: more networks give no more tries. Three codes are good
 * at a time, so 40 tries a day find one in 23 years on average. Recovery codes cannot be guessed and have a budget of
 * their own, so that who guesses at the app's codes does not stand between the owner and these.
 */
export function createCodeLimits(book = new LimitBook()): CodeLimits {
  const quarter = {
    totp: book.limiter({
      ...{ name: 'code.app', points: 10, duration: 15 * 60 },
      words: 'Codes of an authenticator app that are tried for one account',
    }),
    'recovery-code': book.limiter({
      ...{ name: 'code.recovery', points: 20, duration: 15 * 60 },
      words: 'Recovery codes that are tried for one account',
    }),
  };
  const day = book.limiter({
    ...{ name: 'code.app-a-day', points: 40, duration: 24 * 60 * 60 },
    words: 'Codes of an authenticator app that are tried for one account in a day',
  });

  return {
    async attempt(userId, kind) {
      await consume(quarter[kind], userId, 1);
      if (kind === 'totp') await consume(day, userId, 1);
    },
    async forgive(userId, kind) {
      await quarter[kind].delete(userId);
      if (kind === 'totp') await day.reward(userId, 1);
    },
  };
}
