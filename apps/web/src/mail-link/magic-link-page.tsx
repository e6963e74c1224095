import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTakeSession } from '../session/me.ts';
import { returnPath } from '../session/return-path.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { SignInFrame } from '../sign-in/sign-in-frame.tsx';
import { CodeField, wantsCode } from './code-field.tsx';
import { DeadLink } from './dead-link.tsx';
import { isDeadLink } from './link-refusal.ts';
import { LinkSheet } from './link-sheet.tsx';
import { OtherAccountNote } from './other-account-note.tsx';
import { RequestLinkForm } from './request-link-form.tsx';
import { useLinkToken } from './use-link-token.ts';
import { WithLink } from './with-link.tsx';

/** Asks for a link to sign in with, and is where that link leads. */
export function MagicLinkPage() {
  const { token, forget, drop } = useLinkToken();
  if (token === null) return <RequestMagicLink />;
  return (
    <WithLink key={token} purpose="magic" token={token} renewal={<AskAgain onPress={drop} />}>
      {(email) => <SignInByLink token={token} email={email} onUsed={forget} onAskAgain={drop} />}
    </WithLink>
  );
}

function RequestMagicLink() {
  const { api } = useAtrium();
  const request = useMutation(api.auth.requestMagicLink.mutation());
  return (
    <SignInFrame title="Sign in by mail" lead="We mail you a link. Open it in this browser, and you are in.">
      <RequestLinkForm request={request} action="Mail me a link" />
      <p className="text-ink-soft">
        Rather with a password?{' '}
        <Link to="/sign-in" className="text-link">
          Sign in
        </Link>
      </p>
    </SignInFrame>
  );
}

function AskAgain({ onPress }: { readonly onPress: () => void }) {
  return (
    <Button look="primary" onPress={onPress}>
      Mail me a new link
    </Button>
  );
}

interface SignInByLinkProps {
  readonly token: string;
  readonly email: string;
  readonly onUsed: () => void;
  readonly onAskAgain: () => void;
}

function SignInByLink({ token, email, onUsed, onAskAgain }: SignInByLinkProps) {
  const { api } = useAtrium();
  const { next } = useSearch({ from: '/_public/magic-link' });
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const [code, setCode] = useState('');
  const [remember, setRemember] = useState(true);
  const signIn = useMutation({
    ...api.auth.consumeMagicLink.mutation(),
    onSuccess: async (me) => {
      await takeSession(me);
      await navigate({ href: returnPath(next), replace: true });
      onUsed();
    },
  });
  const needsCode = wantsCode(signIn.error) || code !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate({ token, remember, ...(needsCode && { code: code.trim() }) });
  };
  if (isDeadLink(signIn.error)) {
    return (
      <DeadLink>
        <AskAgain onPress={onAskAgain} />
      </DeadLink>
    );
  }
  return (
    <LinkSheet title="Sign in" lead={`With this link you sign in as ${email}.`}>
      <OtherAccountNote email={email} />
      <form noValidate className="grid gap-5" onSubmit={submit}>
        {signIn.isError && <FormError key={signIn.submittedAt}>{errorSentence(signIn.error)}</FormError>}
        {needsCode && <CodeField value={code} onValue={setCode} />}
        <label className="flex min-h-11 cursor-pointer items-center gap-3">
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => setRemember(event.target.checked)}
            className="size-4.5 accent-accent"
          />
          Keep me signed in on this device
        </label>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" size="large" isPending={signIn.isPending}>
            Sign in
          </Button>
          <Link to="/" className={buttonClass('plain', 'large')}>
            Not now
          </Link>
        </div>
      </form>
    </LinkSheet>
  );
}
