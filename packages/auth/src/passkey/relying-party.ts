import { isLoopbackName } from '../network/loopback.ts';

/** For whom a passkey is made: a browser gives it to no other site. */
export interface RelyingParty {
  /** The host name; a passkey made for it works for no other. */
  readonly id: string;
  /** The origins whose pages may answer. */
  readonly origins: readonly string[];
}

/** `publicUrl`: the origin of the app. Of this machine's names WebAuthn knows `localhost` alone: the others are addresses. */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  if (!isLoopbackName(hostname)) return { id: hostname, origins: [origin] };
  const local = `${protocol}//localhost${port === '' ? '' : `:${port}`}`;
  return { id: 'localhost', origins: [local] };
}
