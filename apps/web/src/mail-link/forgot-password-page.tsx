import { useAtrium } from '@atrium/client/react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SignInFrame } from '../sign-in/sign-in-frame.tsx';
import { RequestLinkForm } from './request-link-form.tsx';

export function ForgotPasswordPage() {
  const { api } = useAtrium();
  const request = useMutation(api.auth.requestPasswordReset.mutation());
  return (
    <SignInFrame title="Forgotten password" lead="We mail you a link with which you choose a new one.">
      <RequestLinkForm request={request} action="Mail me a link" />
      <p className="text-ink-soft">
        Remembered it?{' '}
        <Link to="/sign-in" className="text-link">
          Sign in
        </Link>
      </p>
    </SignInFrame>
  );
}
