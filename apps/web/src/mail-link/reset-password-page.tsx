import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { NewPasswordField } from '../form/new-password-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { useTakeSession } from '../session/me.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { newPasswordProblem } from '../sign-in/credentials.ts';
import { CodeField, wantsCode } from './code-field.tsx';
import { DeadLink } from './dead-link.tsx';
import { LinkPage, type OpenedLink } from './link-page.tsx';
import { isDeadLink } from './link-refusal.ts';
import { LinkSheet } from './link-sheet.tsx';
import { OtherAccountNote } from './other-account-note.tsx';

/** Where the mail leads with which somebody chooses a new password. */
export function ResetPasswordPage() {
  return (
    <LinkPage purpose="reset" renewal={<NewReset />}>
      {(link) => <Reset {...link} />}
    </LinkPage>
  );
}

function NewReset() {
  return (
    <Link to="/forgot-password" className={buttonClass('primary')}>
      Mail me a new link
    </Link>
  );
}

function Reset({ token, email, onUsed }: OpenedLink) {
  const { api } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const checks = useChecks({ password: newPasswordProblem(password) });
  const reset = useMutation({
    ...api.auth.resetPassword.mutation(),
    onSuccess: async (me) => {
      await takeSession(me);
      toast('The new password holds. You are signed in here, and signed out everywhere else.');
      await navigate({ to: '/rooms', replace: true });
      onUsed();
    },
  });
  const needsCode = wantsCode(reset.error) || code !== '';
  if (isDeadLink(reset.error)) {
    return (
      <DeadLink>
        <NewReset />
      </DeadLink>
    );
  }
  return (
    <LinkSheet title="Choose a new password" lead={`For the account of ${email}. All its devices are signed out.`}>
      <OtherAccountNote email={email} />
      <form
        noValidate
        className="grid gap-5"
        onSubmit={checks.onSubmit(reset, { token, password, ...(needsCode && { code: code.trim() }) })}
      >
        {reset.isError && <FormError key={reset.submittedAt}>{errorSentence(reset.error)}</FormError>}
        {/* Password managers look for the account that the password belongs to. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField
          label="New password"
          value={password}
          onValue={setPassword}
          known={[email]}
          {...checks.field('password')}
        />
        {needsCode && <CodeField value={code} onValue={setCode} />}
        <Button type="submit" look="primary" size="large" isPending={reset.isPending} className="justify-self-start">
          Set the password
        </Button>
      </form>
    </LinkSheet>
  );
}
