import { useAtrium } from '@atrium/client/react';
import type { Me } from '@atrium/api';
import { Button, buttonClass } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { MailboxLink } from '../mail-link/mailbox-link.tsx';
import { errorSentence } from './error-sentence.ts';

/** What an account still lacks, above every page: a confirmed address, or for a guest the account itself. */
export function AccountNotice({ user }: { readonly user: NonNullable<Me['user']> }) {
  const { pathname } = useLocation();
  // There stands the form that it would lead to.
  if (user.guest && pathname === '/claim') return null;
  return (
    <aside aria-label="About your account" className="grid gap-3 rounded-panel bg-warn-soft p-4 sm:px-5">
      {user.guest ? (
        <GuestNotice />
      ) : (
        <UnconfirmedNotice email={user.email ?? ''} to="create rooms and invite people" />
      )}
    </aside>
  );
}

function GuestNotice() {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p>
        <span className="font-semibold">You are here as a guest.</span> This browser is your only way back to your
        rooms.
      </p>
      <Link to="/claim" className={buttonClass('quiet', 'small')}>
        Keep this: claim an account
      </Link>
    </div>
  );
}

export interface UnconfirmedNoticeProps {
  readonly email: string;
  /** What it is needed for. */
  readonly to: string;
}

export function UnconfirmedNotice({ email, to }: UnconfirmedNoticeProps) {
  const { api } = useAtrium();
  const resend = useMutation(api.auth.resendConfirmation.mutation());
  const isSent = resend.isSuccess;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="min-w-0">
          <span className="font-semibold">Confirm your address to {to}.</span> The link is in the mail to{' '}
          <span className="break-all">{email}</span>.
        </p>
        <div className="flex flex-wrap gap-2">
          {!isSent && (
            <Button size="small" isPending={resend.isPending} onPress={() => resend.mutate({})}>
              Send it again
            </Button>
          )}
          <Link to="/settings/sign-in" className={buttonClass('plain', 'small')}>
            Change address
          </Link>
        </div>
      </div>
      <output className="empty:hidden">{isSent && 'A new mail is on its way. Its link works for ten minutes.'}</output>
      {resend.isError && (
        <p role="alert" className="font-medium text-danger">
          {errorSentence(resend.error)}
        </p>
      )}
      <MailboxLink />
    </>
  );
}
