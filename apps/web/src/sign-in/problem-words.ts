/** What a sign-in by a provider that came to nothing means, for the person. The codes are the server's. */
const sentences: Readonly<Record<string, string>> = {
  cancelled: 'You did not finish signing in there, so nothing has changed.',
  handshake: 'This took too long, or it was begun in another tab. Please try again.',
  'provider-down': 'The other service does not answer right now. Try again in a moment, or sign in another way.',
  'provider-answer': 'The other service gave an answer that cannot be trusted. Please try again.',
  'address-taken': 'An account with this address exists. Sign in and link it in the settings.',
  'account-disabled': 'This account is disabled. Ask the people who run this server.',
  'identity-taken': 'This account is linked to somebody else here. Sign in with it, or unlink it there first.',
  'already-linked': 'Another account of this service is linked already. Unlink it first.',
  'too-many': 'Too many attempts. Wait a few minutes and try again.',
  unavailable: 'Something went wrong on our side. Please try again.',
};

/** Null for no code. One that is not in the table came from elsewhere: it is not shown. */
export function problemSentence(code: unknown): string | null {
  if (typeof code !== 'string' || code === '') return null;
  return Object.hasOwn(sentences, code) ? (sentences[code] ?? null) : 'The sign-in did not work. Please try again.';
}
