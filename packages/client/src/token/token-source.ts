import type { Fetch } from '../atrium-client.ts';
import type { WhoAnswer } from '../session/identity.ts';

/** Where and how a token is used. */
export interface TokenSite {
  /** Address of the tRPC endpoint. */
  readonly url: string;
  readonly fetch: Fetch;
  /** Called once, when the server takes the refresh token no more. */
  readonly onRefused: () => void;
}

/** An API token in the hands of one client. */
export interface TokenInUse {
  /** The access token as it is, good or not. */
  readonly current: string;
  /** An access token that is good for a while. Rejects when there will be none, or the server is not reached. */
  get(): Promise<string>;
  /** Another one in the place of one that the server refused. */
  replace(refused: string): Promise<string>;
  /** Sends the token along. */
  readonly fetch: Fetch;
  /** Whose token it is, from what the server said when it was asked; null when it did not answer. */
  who(error: unknown): WhoAnswer | null;
}

/** Makes the token of a client; see `apiToken`. A page, which has none, so loads nothing of it. */
export type TokenSource = (site: TokenSite) => TokenInUse;
