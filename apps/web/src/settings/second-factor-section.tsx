import type { RecoveryCodes, TotpSetup } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, Dialog, FormError, Progress, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { RecoveryCodesDialog } from '../second-factor/recovery-codes-dialog.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { Section } from '../shell/section.tsx';

const TotpSetupDialog = lazy(async () => {
  const { TotpSetupDialog: dialog } = await import('../second-factor/totp-setup-dialog.tsx');
  return { default: dialog };
});

/** A code from an app beside the password. Not there for guests, who have no password. */
export function SecondFactorSection() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  const status = useQuery(api.account.totp.status.query());
  if (!user || user.guest) return null;
  return (
    <Section title="Second factor" lead="A code from an app on your phone, asked for after your password.">
      {status.isPending && <Progress label="Looking for your second factor" />}
      {status.isError && <FormError>{errorSentence(status.error)}</FormError>}
      {status.data && <SecondFactor since={status.data.since} left={status.data.recoveryCodesLeft} />}
    </Section>
  );
}

interface SecondFactorProps {
  readonly since: string | null;
  /** Recovery codes. */
  readonly left: number;
}

/** Holds the codes while they are shown, because what is beside them changes with the factor. */
function SecondFactor({ since, left }: SecondFactorProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = useFactorChanged();
  const show = async (shown: readonly string[]) => {
    setCodes(shown);
    await changed();
  };
  return (
    <>
      {since === null ? <TurnOn onEnabled={show} /> : <TurnedOn since={since} left={left} onRenewed={show} />}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </>
  );
}

type ShowCodes = (codes: readonly string[]) => Promise<void>;

function TurnOn({ onEnabled }: { readonly onEnabled: ShowCodes }) {
  const { api } = useAtrium();
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const begin = useMutation({ ...api.account.totp.begin.mutation(), onSuccess: setSetup });
  const enabled = async (codes: readonly string[]) => {
    setSetup(null);
    await onEnabled(codes);
  };
  return (
    <div className="grid justify-items-start gap-4">
      {begin.isError && <FormError key={begin.submittedAt}>{errorSentence(begin.error)}</FormError>}
      <p>Whoever learns your password still cannot get in. Turning it on signs out your other devices.</p>
      <Button isPending={begin.isPending} onPress={() => begin.mutate()}>
        Turn on
      </Button>
      {setup && (
        <Suspense>
          <TotpSetupDialog setup={setup} onEnabled={(codes) => void enabled(codes)} onClose={() => setSetup(null)} />
        </Suspense>
      )}
    </div>
  );
}

interface TurnedOnProps {
  readonly since: string;
  readonly left: number;
  readonly onRenewed: ShowCodes;
}

function TurnedOn({ since, left, onRenewed }: TurnedOnProps) {
  const { api } = useAtrium();
  const renew = useMutation({
    ...api.account.recoveryCodes.mutation(),
    onSuccess: ({ recoveryCodes }: RecoveryCodes) => onRenewed(recoveryCodes),
  });
  return (
    <div className="grid justify-items-start gap-4">
      {renew.isError && <FormError key={renew.submittedAt}>{errorSentence(renew.error)}</FormError>}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone="accent">On</Badge>
        <span>
          Since <TimeAgo at={since} />
        </span>
      </p>
      <p className={left < 3 ? 'text-warn' : 'text-ink-soft'}>{leftSentence(left)}</p>
      <div className="flex flex-wrap gap-3">
        <Button isPending={renew.isPending} onPress={() => renew.mutate()}>
          Make new recovery codes
        </Button>
        <TurnOff />
      </div>
    </div>
  );
}

function TurnOff() {
  const { api } = useAtrium();
  const [isAsking, setAsking] = useState(false);
  const changed = useFactorChanged();
  const disable = useMutation({
    ...api.account.totp.disable.mutation(),
    onSuccess: async () => {
      setAsking(false);
      toast('The second factor is off.');
      await changed();
    },
  });
  return (
    <>
      <Button onPress={() => setAsking(true)}>Turn off</Button>
      <Dialog role="alertdialog" title="Turn it off?" isOpen={isAsking} onClose={() => setAsking(false)}>
        {disable.isError && <FormError key={disable.submittedAt}>{errorSentence(disable.error)}</FormError>}
        <p>Your password alone will sign you in, and the recovery codes are void. Your other devices are signed out.</p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={() => setAsking(false)}>Cancel</Button>
          <Button look="danger" isPending={disable.isPending} onPress={() => disable.mutate()}>
            Turn it off
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function leftSentence(left: number): string {
  if (left === 0) return 'No recovery code is left. Make new ones, or a lost phone locks you out.';
  return left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`;
}

/** Other devices were signed out, too. */
function useFactorChanged(): () => Promise<void> {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: api.account.totp.status.key() }),
      queryClient.invalidateQueries({ queryKey: api.sessions.list.key() }),
    ]);
  };
}
