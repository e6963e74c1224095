import { Button, FormError } from '@atrium/ui';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { EmailField } from '../form/email-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { emailProblem } from '../sign-in/credentials.ts';
import { MailSent } from './mail-sent.tsx';

interface EmailInput {
  readonly email: string;
}

export interface RequestLinkFormProps {
  readonly request: UseMutationResult<unknown, Error, EmailInput>;
  readonly action: string;
}

/** Asks for an address and mails a link to it. The answer is the same whether or not there is an account. */
export function RequestLinkForm({ request, action }: RequestLinkFormProps) {
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const checks = useChecks({ email: emailProblem(email) });
  const send = {
    mutate: (input: EmailInput, opts: { readonly onSettled: () => void }) =>
      request.mutate(input, { ...opts, onSuccess: () => setSentTo(input.email) }),
  };
  if (sentTo !== null) {
    return (
      <div className="grid gap-4">
        <MailSent email={sentTo} resend={request} input={{ email: sentTo }} />
        <p>
          <button type="button" className="text-link" onClick={() => setSentTo(null)}>
            Another address
          </button>
        </p>
      </div>
    );
  }
  return (
    <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(send, { email: email.trim() })}>
      {request.isError && <FormError key={request.submittedAt}>{errorSentence(request.error)}</FormError>}
      <EmailField value={email} onValue={setEmail} {...checks.field('email')} />
      <Button type="submit" look="primary" size="large" isPending={request.isPending}>
        {action}
      </Button>
    </form>
  );
}
