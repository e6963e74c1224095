import { refusalOf } from '../refusal.ts';
import { fetchWithToken } from './fetch-with-token.ts';
import { TokenKeeper, type TokenOptions } from './token-keeper.ts';
import type { TokenSource } from './token-source.ts';

/** For programs: acts by an API token, which is refreshed by itself, instead of a cookie. */
export function apiToken(opts: TokenOptions): TokenSource {
  return (site) => {
    const keeper = new TokenKeeper({ ...opts, ...site });
    return {
      get current() {
        return keeper.current;
      },
      get: () => keeper.get(),
      replace: (refused) => keeper.replace(refused),
      fetch: fetchWithToken(keeper, site.fetch),
      // A token says itself whose it is, also where it may not read the account.
      who(error) {
        const reason = refusalOf(error)?.reason;
        if (keeper.isOver || reason === 'SIGNED_OUT') return 'nobody';
        return reason === 'PERMISSION_MISSING' && keeper.userId !== null ? { userId: keeper.userId, name: '' } : null;
      },
    };
  };
}
