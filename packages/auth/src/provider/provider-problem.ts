import type { ProviderFailure } from './provider.ts';

/** Why a sign-in elsewhere came to nothing: what the page turns into a sentence. Nothing of a provider's own words. */
export type ProblemCode =
  | ProviderFailure
  | 'handshake'
  | 'address-taken'
  | 'account-disabled'
  | 'identity-taken'
  | 'already-linked'
  | 'too-many'
  | 'unavailable';

export class ProviderProblem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, options?: ErrorOptions) {
    super(`A sign-in by a provider came to nothing (${code}).`, options);
    this.name = 'ProviderProblem';
    this.code = code;
  }
}
