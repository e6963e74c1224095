import type { AdminUser } from '@atrium/api';
import { Button } from '@atrium/ui';
import { useState } from 'react';
import { Deed } from '../parts/deed.tsx';
import { ActAsDialog } from './act-as-dialog.tsx';
import { DisableDialog } from './disable-dialog.tsx';
import { EnableDialog } from './enable-dialog.tsx';
import { RoleDeed } from './role-deed.tsx';

export interface UserDeedsProps {
  readonly user: AdminUser;
  readonly isYou: boolean;
}

/** What an administrator can do about an account. */
export function UserDeeds({ user, isYou }: UserDeedsProps) {
  const [asking, setAsking] = useState<'disable' | 'enable' | 'act' | null>(null);
  const close = () => setAsking(null);
  const whyNot = whyNotActAs(user, isYou);
  return (
    <div>
      <RoleDeed user={user} isYou={isYou} />
      {user.disabledAt === null ? (
        <Deed title="Disable" action={<Button onPress={() => setAsking('disable')}>Disable…</Button>}>
          Out on every device, and unable to sign in, until it is undone. Nothing is deleted.
        </Deed>
      ) : (
        <Deed title="Enable" action={<Button onPress={() => setAsking('enable')}>Enable…</Button>}>
          They can sign in again, and find everything as it was.
        </Deed>
      )}
      <Deed
        title="Act as this person"
        action={whyNot === null && <Button onPress={() => setAsking('act')}>Act as them…</Button>}
      >
        {whyNot ?? 'See what they see, to help them. They find it in their activity.'}
      </Deed>
      {asking === 'disable' && <DisableDialog user={user} isYou={isYou} onClose={close} />}
      {asking === 'enable' && <EnableDialog user={user} onClose={close} />}
      {asking === 'act' && <ActAsDialog user={user} onClose={close} />}
    </div>
  );
}

/** The server has the last word. */
export function whyNotActAs(user: AdminUser, isYou: boolean): string | null {
  if (isYou) return 'This is you.';
  if (user.role === 'admin') return 'Nobody acts as an administrator.';
  if (user.disabledAt !== null) return 'Nobody can be signed in to a disabled account: enable it first.';
  return null;
}
