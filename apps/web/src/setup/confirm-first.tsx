import { useAtrium } from '@atrium/client/react';
import { Button } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { UnconfirmedNotice } from '../shell/account-notice.tsx';

/** The link of the mail opens elsewhere; this page notices when somebody comes back to it, or says so. */
export function ConfirmFirst({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const { refetch, isFetching } = useQuery(api.auth.me.query());
  const [hasLooked, setLooked] = useState(false);
  return (
    <>
      <div className="grid w-full gap-3 rounded-panel bg-warn-soft p-4 sm:px-5">
        <UnconfirmedNotice email={email} to="become the administrator" />
      </div>
      <Button look="primary" isPending={isFetching} onPress={() => void refetch().finally(() => setLooked(true))}>
        I have confirmed it
      </Button>
      <output className="empty:hidden">
        {hasLooked && !isFetching && 'Not yet. Open the link in the mail, then come back to this page.'}
      </output>
    </>
  );
}
