const names: { readonly [factor: string]: string } = {
  password: 'password',
  totp: 'authenticator app',
  'recovery-code': 'recovery code',
  passkey: 'passkey',
  mail: 'link by mail',
  provider: 'linked account',
};

/** How a session was proved: "with password and authenticator app". Null for guests, and for what has no words here. */
export function proofWords(factors: readonly string[]): string | null {
  const words = factors.flatMap((factor) => (Object.hasOwn(names, factor) ? [names[factor]] : []));
  return words.length === 0 ? null : `with ${words.join(' and ')}`;
}
