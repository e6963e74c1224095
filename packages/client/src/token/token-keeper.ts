/**
 * Keeps the API token of a program good: refreshes it before it expires, once for all who ask, and hands each new pair to
 * the caller before it is used. In that order nothing is lost by a crash: until the new pair is used, the server takes
 * the one before.
 */
import { readTokenClaims } from './token-claims.ts';
import type { TokenSite } from './token-source.ts';

/** What `tokens.create` answers, or the part of it that a program keeps. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface TokenOptions {
  readonly pair: TokenPair;
  /** Keep the new pair where it outlives the process, in the place of the old one. It is used once this has resolved. */
  readonly onRefresh: (pair: TokenPair) => Promise<void> | void;
}

export type TokenKeeperOptions = TokenOptions & TokenSite;

/** The token was revoked, is over, or its refresh token was used elsewhere: a person has to make a new one. */
export class TokenRefusedError extends Error {
  constructor() {
    super('The server does not accept this token any more. Make a new one in the settings.');
    this.name = 'TokenRefusedError';
  }
}

/** Milliseconds before the end at which a token is replaced. */
const margin = 60_000;
/** Milliseconds; an answer that takes longer is none. */
const patience = 10_000;

export class TokenKeeper {
  private readonly opts: TokenKeeperOptions;
  private pair: TokenPair;
  /** By the clock of this device, whatever the server's says. */
  private goodUntil: number;
  private refreshing: Promise<string> | null = null;
  private isRefused = false;

  constructor(opts: TokenKeeperOptions) {
    this.opts = opts;
    this.pair = opts.pair;
    this.goodUntil = (readTokenClaims(opts.pair.accessToken)?.expiresAt ?? 0) - margin;
  }

  /** The access token as it is, good or not. */
  get current(): string {
    return this.pair.accessToken;
  }

  /** Whose token it is; null when it cannot be read. */
  get userId(): string | null {
    return readTokenClaims(this.pair.accessToken)?.userId ?? null;
  }

  /** True when nothing will help any more. */
  get isOver(): boolean {
    return this.isRefused;
  }

  /** An access token that is good for a while. Rejects with `TokenRefusedError`, or when the server is not reached. */
  async get(): Promise<string> {
    return Date.now() < this.goodUntil && !this.refreshing ? this.pair.accessToken : this.refresh();
  }

  /** Another one in the place of one that the server refused. */
  async replace(refused: string): Promise<string> {
    return refused === this.pair.accessToken ? this.refresh() : this.get();
  }

  private async refresh(): Promise<string> {
    if (this.isRefused) throw new TokenRefusedError();
    this.refreshing ??= this.fetchPair().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async fetchPair(): Promise<string> {
    const { url, fetch, onRefresh } = this.opts;
    const response = await fetch(`${url}/tokens.refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: this.pair.refreshToken }),
      signal: AbortSignal.timeout(patience),
    });
    const pair = pairIn(await response.json());
    if (pair === 'refused') return this.refuse();
    await onRefresh(pair);
    this.pair = pair;
    this.goodUntil = Date.now() + (readTokenClaims(pair.accessToken)?.lifetime ?? 0) - margin;
    return pair.accessToken;
  }

  private refuse(): never {
    this.isRefused = true;
    this.opts.onRefused();
    throw new TokenRefusedError();
  }
}

interface RefreshAnswer {
  readonly result?: { readonly data?: TokenPair };
  readonly error?: { readonly data?: { readonly reason?: unknown } };
}

/** Throws when the server said neither yes nor no. */
function pairIn(answer: unknown): TokenPair | 'refused' {
  const { result, error } = answer as RefreshAnswer;
  if (error?.data?.reason === 'TOKEN_INVALID') return 'refused';
  if (!result?.data) throw new Error('The token could not be refreshed right now.');
  const { accessToken, refreshToken } = result.data;
  return { accessToken, refreshToken };
}
