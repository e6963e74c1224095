/**
 * Asks the person to prove who they are before something delicate is done. Whatever they were doing waits behind it and
 * goes on by itself; Escape leaves everything as it was.
 */
import { useAtrium } from '@atrium/client/react';
import { Dialog } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasPasskeys } from '../passkey/passkey-problem.ts';
import { answerProof } from './proof-request.ts';
import { ProveByCode } from './prove-by-code.tsx';
import { ProveByMail } from './prove-by-mail.tsx';
import { ProveByPasskey } from './prove-by-passkey.tsx';
import { ProveByPassword } from './prove-by-password.tsx';

type Way = 'password' | 'code' | 'passkey' | 'mail';

const names: { readonly [way in Way]: string } = {
  password: 'Enter the password',
  code: 'Enter a code from the app',
  passkey: 'Use a passkey',
  mail: 'Mail me a link',
};

export function SudoDialog() {
  const { api } = useAtrium();
  const email = useQuery(api.auth.me.query()).data?.user?.email ?? '';
  const [way, setWay] = useState<Way>('password');
  const others = useWays(email).filter((each) => each !== way);
  return (
    <Dialog title="Is it you?" isOpen onClose={() => answerProof(false)}>
      <p className="text-ink-soft">
        You signed in a while ago, and this is something delicate. Show once more that it is you; then it goes on by
        itself.
      </p>
      <Proof way={way} email={email} />
      {others.length > 0 && (
        <ul aria-label="Other ways" className="grid justify-items-start gap-2 border-t border-line pt-4 text-sm">
          {others.map((other) => (
            <li key={other}>
              <button type="button" className="text-link" onClick={() => setWay(other)}>
                {names[other]}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

/** What this account could show, as far as it is known; a password may always be tried. */
function useWays(email: string): readonly Way[] {
  const { api } = useAtrium();
  const isWithCode = useQuery(api.account.totp.status.query()).data?.since != null;
  const isWithPasskey = (useQuery(api.account.passkeys.list.query()).data ?? []).length > 0;
  return [
    'password',
    ...(isWithCode ? (['code'] as const) : []),
    ...(isWithPasskey && hasPasskeys(location.hostname) ? (['passkey'] as const) : []),
    ...(email === '' ? [] : (['mail'] as const)),
  ];
}

function Proof({ way, email }: { readonly way: Way; readonly email: string }) {
  switch (way) {
    case 'password':
      return <ProveByPassword email={email} />;
    case 'code':
      return <ProveByCode />;
    case 'passkey':
      return <ProveByPasskey />;
    case 'mail':
      return <ProveByMail email={email} />;
  }
}
