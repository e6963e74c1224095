import { isLoopback } from '@atrium/auth';
import type { IncomingMessage } from 'node:http';

/**
 * True for a request that was made on this machine and for it: the peer is this machine, the page's address names it (a
 * foreign name that resolves to it does not), and no proxy says that it speaks for somebody else.
 */
export function isLocalRequest({ socket, headers }: Pick<IncomingMessage, 'headers'> & Peer): boolean {
  const isForwarded = forwarding.some((name) => headers[name] !== undefined);
  return !isForwarded && isLoopback(socket.remoteAddress ?? '') && isLoopbackHost(headers.host ?? '');
}

interface Peer {
  readonly socket: { readonly remoteAddress?: string | undefined };
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host);
}
