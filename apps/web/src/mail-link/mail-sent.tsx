import { Button } from '@atrium/ui';
import { useEffect, useRef, useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { MailboxLink } from './mailbox-link.tsx';

/** A mutation that sends the mail once more, as `useMutation` gives it. */
interface Resend<Input> {
  readonly mutate: (input: Input) => void;
  readonly isPending: boolean;
  readonly submittedAt: number;
  readonly error: unknown;
}

export interface MailSentProps<Input> {
  readonly email: string;
  /** True for one's own address; else nothing tells whether it has an account. */
  readonly isSure?: boolean;
  readonly resend: Resend<Input>;
  readonly input: Input;
}

/** Seconds between two mails. */
const pause = 30;

/** After a mail was asked for: what to do now, and a way to ask again after a pause. */
export function MailSent<Input>({ email, isSure = false, resend, input }: MailSentProps<Input>) {
  const ref = useRef<HTMLDivElement>(null);
  const seconds = useSecondsLeft(resend.submittedAt);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} className="grid gap-4 rounded-panel bg-sunken p-5 focus:outline-none">
      <output className="grid gap-1">
        <span className="font-semibold break-words">{sentSentence(email, isSure)}</span>
        <span className="text-ink-soft">
          The link in it works for ten minutes, and once. It can take a minute to arrive; look among the unwanted mail
          too.
        </span>
      </output>
      {resend.error !== null && (
        <p role="alert" className="font-medium text-danger">
          {errorSentence(resend.error)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" isPending={resend.isPending} isDisabled={seconds > 0} onPress={() => resend.mutate(input)}>
          Send it again
        </Button>
        {seconds > 0 && <span className="text-sm text-ink-soft">possible in {seconds} s</span>}
      </div>
      <MailboxLink />
    </div>
  );
}

function sentSentence(email: string, isSure: boolean): string {
  return isSure ? `A mail to ${email} is on its way.` : `If there is an account for ${email}, a mail is on its way.`;
}

/** Counts down from the moment (milliseconds since 1970) at which the last mail was asked for. */
function useSecondsLeft(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((since + pause * 1_000 - now) / 1_000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return left;
}
