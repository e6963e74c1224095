import type { AdminSession } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, classNames, FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { proofWords } from '../../settings/proof-words.ts';
import { errorSentence } from '../../shell/error-sentence.ts';
import { TimeAgo } from '../../time/time-ago.tsx';
import { refresh } from '../parts/use-pages.ts';
import { useAct } from '../parts/use-act.ts';

export interface UserSessionsProps {
  readonly userId: string;
  readonly isDisabled: boolean;
}

/** Where somebody is signed in, with the way to end it. */
export function UserSessions({ userId, isDisabled }: UserSessionsProps) {
  const { api } = useAtrium();
  const sessions = useQuery({ ...api.admin.sessions.query({ userId }), refetchInterval: refresh });
  if (sessions.isPending) return <Progress label="Looking for devices" />;
  if (sessions.data === undefined) return <FormError>{errorSentence(sessions.error)}</FormError>;
  if (sessions.data.length === 0) return <p className="text-ink-soft">They are signed in nowhere.</p>;
  return (
    <div className="grid gap-4">
      {isDisabled && (
        <p className="rounded-control border-l-4 border-warn bg-warn-soft px-4 py-3 text-[0.9375rem]">
          None of these gets in while the account is disabled. Enabled again, they are as before.
        </p>
      )}
      <ul aria-label="Devices" className={classNames('divide-y divide-line', !isDisabled && '-mt-4')}>
        {sessions.data.map((session: AdminSession) => (
          <SessionRow key={session.publicId} session={session} />
        ))}
      </ul>
    </div>
  );
}

function SessionRow({ session }: { readonly session: AdminSession }) {
  const proof = proofWords(session.factors);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <MonitorSmartphone size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">{session.label}</span>
          {session.current && <Badge tone="accent">This device</Badge>}
          {session.impersonated && <Badge tone="warn">An administrator</Badge>}
        </p>
        <p className="text-sm text-ink-soft">
          {session.place} ·{' '}
          {session.sockets > 0 ? (
            'connected now'
          ) : (
            <>
              last seen <TimeAgo at={session.lastSeenAt} />
            </>
          )}
        </p>
        <p className="text-sm text-ink-soft">
          Signed in <TimeAgo at={session.createdAt} />
          {proof !== null && ` ${proof}`} · ends <TimeAgo at={session.expiresAt} />
        </p>
      </div>
      {!session.current && <EndButton session={session} />}
    </li>
  );
}

function EndButton({ session: { publicId, label } }: { readonly session: AdminSession }) {
  const { api } = useAtrium();
  const end = useAct(api.admin.revokeSession.mutation(), { done: `${label} is signed out.`, isErrorTold: true });
  return (
    <Button
      size="small"
      aria-label={`Sign out ${label}`}
      isPending={end.isPending}
      onPress={() => end.mutate({ publicId })}
      className="col-start-2 justify-self-start sm:col-start-3"
    >
      Sign out
    </Button>
  );
}
