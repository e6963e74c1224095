/** For whom a passkey is made: a browser gives it to no other site. */
export interface RelyingParty {
  /** The host name; a passkey made for it works for no other. */
  readonly id: string;
  /** The origins whose pages may answer. */
  readonly origins: readonly string[];
}

/** Names of the same machine; of these, WebAuthn knows `localhost` alone, because the others are addresses. */
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** `publicUrl`: the origin of the app. */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  if (!loopback.includes(hostname)) return { id: hostname, origins: [origin] };
  const local = `${protocol}//localhost${port === '' ? '' : `:${port}`}`;
  return { id: 'localhost', origins: [local] };
}
