import { refusalOf } from '@atrium/client';

/** True when the server knows no such link: used, run out, replaced by a newer one, or never made. */
export function isDeadLink(error: unknown): boolean {
  const reason: string | undefined = refusalOf(error)?.reason;
  return reason === 'LINK_INVALID' || reason === 'NOT_FOUND' || reason === 'INVALID_INPUT';
}
