import type { Fetch } from '../atrium-client.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Sends the token along; one that was refused is replaced and the call made once more, which did nothing the first time. */
export function fetchWithToken(keeper: TokenKeeper, fetch: Fetch): Fetch {
  return async (url, init) => {
    const token = await keeper.get();
    const response = await fetch(url, withBearer(init, token));
    if (response.status !== 401) return response;
    const next = await keeper.replace(token).catch(() => null);
    return next === null ? response : fetch(url, withBearer(init, next));
  };
}

function withBearer(init: RequestInit | undefined, token: string): RequestInit {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}
