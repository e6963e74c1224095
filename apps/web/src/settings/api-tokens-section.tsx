import type { ApiToken } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { ApiTokenRow } from './api-token-row.tsx';
import { CreateTokenDialog } from './create-token-dialog.tsx';

/** What programs sign in with, in the name of this person. */
export function ApiTokensSection() {
  const { api } = useAtrium();
  const isGuest = useQuery(api.auth.me.query()).data?.user?.guest ?? false;
  const tokens = useQuery({ ...api.tokens.list.query(), refetchInterval: 5_000 });
  const [isCreating, setCreating] = useState(false);
  if (isGuest) return <p className="text-ink-soft">Guests have no tokens: a program needs an account to act for.</p>;
  if (tokens.isPending) return <Progress label="Looking for your tokens" />;
  if (tokens.data === undefined) return <FormError>{errorSentence(tokens.error)}</FormError>;
  return (
    <div className="grid gap-5">
      {tokens.data.length === 0 ? (
        <NoTokens />
      ) : (
        <ul aria-label="API tokens" className="-mt-4 divide-y divide-line">
          {tokens.data.map((token: ApiToken) => (
            <ApiTokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <Button className="justify-self-start" onPress={() => setCreating(true)}>
        Create a token
      </Button>
      {isCreating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

function NoTokens() {
  return (
    <div className="flex items-start gap-4">
      <KeyRound size={22} aria-hidden className="mt-0.5 shrink-0 text-ink-soft" />
      <div className="grid max-w-prose gap-1">
        <p className="font-semibold">No program acts for you</p>
        <p className="text-sm text-ink-soft">
          With a token, a script or a bot can do in your rooms what you allow it, and nothing else: draw a chart each
          morning, or read what was decided. You can stop it here at any time.
        </p>
      </div>
    </div>
  );
}
