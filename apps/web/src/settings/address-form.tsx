import { useAtrium } from '@atrium/client/react';
import { Badge, Button, FormError } from '@atrium/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmailField } from '../form/email-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { MailSent } from '../mail-link/mail-sent.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { emailProblem } from '../sign-in/credentials.ts';

/** The address of this account, and the way to another one: it holds once the mail sent to it was answered. */
export function AddressForm() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user) return null;
  return (
    <div className="grid max-w-md gap-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold break-all">{user.email}</span>
        <Badge tone={user.confirmed ? 'accent' : 'warn'}>{user.confirmed ? 'Confirmed' : 'Not confirmed yet'}</Badge>
      </p>
      {!user.confirmed && <ResendConfirmation email={user.email ?? ''} />}
      <ChangeAddress />
    </div>
  );
}

function ResendConfirmation({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const resend = useMutation(api.auth.resendConfirmation.mutation());
  if (resend.submittedAt > 0 && !resend.isPending && !resend.isError) {
    return <MailSent isSure email={email} resend={resend} input={{}} />;
  }
  return (
    <div className="grid justify-items-start gap-3">
      {resend.isError && <FormError key={resend.submittedAt}>{errorSentence(resend.error)}</FormError>}
      <p className="text-ink-soft">
        Until you follow the link that we mailed to it, you can look around but not create rooms.
      </p>
      <Button size="small" isPending={resend.isPending} onPress={() => resend.mutate({})}>
        Send the mail again
      </Button>
    </div>
  );
}

function ChangeAddress() {
  const { api } = useAtrium();
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const checks = useChecks({ email: emailProblem(email) });
  const change = useMutation({
    ...api.account.changeEmail.mutation(),
    onSuccess: (_answer, input) => setSentTo(input.email),
  });
  if (sentTo !== null) {
    return (
      <div className="grid gap-3">
        <MailSent isSure email={sentTo} resend={change} input={{ email: sentTo }} />
        <p className="text-sm text-ink-soft">Until you follow its link, everything stays with the old address.</p>
      </div>
    );
  }
  return (
    <form noValidate className="grid gap-4" onSubmit={checks.onSubmit(change, { email: email.trim() })}>
      {change.isError && <FormError key={change.submittedAt}>{errorSentence(change.error)}</FormError>}
      <EmailField
        label="New address"
        hint="We mail a link to it, and tell the old one."
        autoComplete="email"
        value={email}
        onValue={setEmail}
        {...checks.field('email')}
      />
      <Button type="submit" isPending={change.isPending} className="justify-self-start">
        Change address
      </Button>
    </form>
  );
}
