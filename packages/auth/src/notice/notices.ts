import { type Database, findUser, type Scope } from '@atrium/db';
import { type NoticeKind, noticeLetter } from '../mail/letter/notice-letter.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import { addressPrefix } from '../network/network.ts';
import { type Device, deviceLabel } from '../session/device.ts';

/** Tells owners by mail what happened to their account, so that they notice what was not them. */
export interface Notices {
  /**
   * Call it after it happened and outside of any scope; sends in the background. Goes to a confirmed address alone: an
   * unconfirmed one may be somebody else's.
   */
  send(userId: string, kind: NoticeKind, device: Device): void;
  /** The same to an address that was the account's until now. */
  sendToFormer(former: { readonly email: string; readonly name: string }, kind: NoticeKind, device: Device): void;
}

export interface NoticeOptions {
  readonly db: Database;
  readonly queue: MailQueue;
  readonly publicUrl: string;
}

const door: Scope = { system: 'mail-link' };

export function createNotices({ db, queue, publicUrl }: NoticeOptions): Notices {
  const letterTo = (owner: { email: string; name: string }, kind: NoticeKind, { at, device }: Happening) =>
    noticeLetter({
      ...{ to: owner.email, name: owner.name, kind, at, publicUrl },
      label: deviceLabel(device.userAgent),
      place: addressPrefix(device.address),
    });

  return {
    send(userId, kind, device) {
      const at = new Date();
      queue.push(async () => {
        const user = await db.withScope(door, (tx) => findUser(tx, userId));
        if (!user?.email || !user.confirmedAt || user.disabledAt) return null;
        return letterTo({ email: user.email, name: user.name }, kind, { at, device });
      });
    },
    sendToFormer(former, kind, device) {
      const at = new Date();
      queue.push(() => Promise.resolve(letterTo(former, kind, { at, device })));
    },
  };
}

interface Happening {
  readonly at: Date;
  readonly device: Device;
}
