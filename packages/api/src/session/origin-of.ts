import type { OwnSession } from '@atrium/db';

/** From where a session is used. Where an administrator is, is no business of whom they act as. */
export function originOf({ label, ipPrefix, impersonatorId }: OwnSession): { label: string; place: string } {
  return impersonatorId === null ? { label, place: ipPrefix } : { label: 'An administrator', place: '' };
}
