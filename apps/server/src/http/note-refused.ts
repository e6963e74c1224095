import type { Reason, Services } from '@atrium/api';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address.ts';

export interface NotingParts {
  readonly services: Pick<Services, 'denials'>;
  readonly trustedProxies: number;
}

/** Longer names are none of ours. */
const longest = 60;

/** Writes down what was refused before anybody looked who it is: a foreign page, a socket without a session. */
export function noteRefused(
  req: IncomingMessage,
  { services, trustedProxies }: NotingParts,
  { procedure, reason }: { readonly procedure: string; readonly reason: Reason },
): void {
  const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, trustedProxies) };
  const name = /^[\w.,-]*$/.test(procedure) ? procedure.slice(0, longest) : '?';
  services.denials.note({ actorId: null, device, procedure: name, reason });
}
