export const providerIds = ['github', 'google', 'oidc'] as const;

/** What the database, the addresses and the configuration call a provider. */
export type ProviderId = (typeof providerIds)[number];

/** What a provider says about somebody who signed in there. */
export interface ProviderProfile {
  /** Never changes, whatever else does. */
  readonly subject: string;
  /** For people to recognize the account by. */
  readonly label: string;
  /** Lower case; null when the provider tells none. */
  readonly email: string | null;
  /** Whether the provider itself saw that this person reads the mail of `email`. */
  readonly emailVerified: boolean;
  readonly name: string | null;
}

export interface BeginOptions {
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** Kept here until the end; the provider sees its hash alone (PKCE, S256). */
  readonly verifier: string;
}

export interface FinishOptions {
  /** The whole address at which the browser came back. */
  readonly callback: URL;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody else who can say who a person is. */
export interface Provider {
  readonly id: ProviderId;
  /** For people. */
  readonly name: string;
  /** The address to send the browser to. Throws `ProviderFailed`. */
  begin(opts: BeginOptions): Promise<URL>;
  /** Who came back. Throws `ProviderFailed`. */
  finish(opts: FinishOptions): Promise<ProviderProfile>;
}

/** `provider-down`: no answer; `provider-answer`: one that cannot be believed; `cancelled`: the person did not go through. */
export type ProviderFailure = 'provider-down' | 'provider-answer' | 'cancelled';

/** A provider did not do its part. Its own words stay in `cause`, for the log. */
export class ProviderFailed extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure, options?: ErrorOptions) {
    super(`The provider did not do its part (${failure}).`, options);
    this.name = 'ProviderFailed';
    this.failure = failure;
  }
}
