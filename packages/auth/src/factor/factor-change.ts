import type { Device } from '../session/device.ts';

/** What an owner should hear of by mail, in case it was not them. */
export type FactorChange =
  | 'totp-added'
  | 'totp-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'passkey-added'
  | 'passkey-removed';

/** Called after the change is on disk and in the audit log; must not wait for a mail to be sent. */
export type TellOwner = (userId: string, change: FactorChange, device: Device) => void;
