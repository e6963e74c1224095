import { FormError } from '@atrium/ui';
import { Link, useSearch } from '@tanstack/react-router';
import { problemSentence } from './problem-words.ts';
import { ProviderLinks } from './provider-links.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignInFrame } from './sign-in-frame.tsx';

export function SignInPage() {
  const { next, problem } = useSearch({ from: '/_public/sign-in' });
  const sentence = problemSentence(problem);
  return (
    <SignInFrame title="Sign in" lead="Welcome back. Your rooms are as you left them.">
      {sentence !== null && <FormError>{sentence}</FormError>}
      <SignInForm next={next} />
      <p className="grid justify-items-start gap-2">
        <Link to="/magic-link" search={next === undefined ? {} : { next }} className="text-link">
          Mail me a link instead
        </Link>
        <Link to="/forgot-password" className="text-link">
          Forgotten password
        </Link>
      </p>
      <ProviderLinks next={next} />
      <p className="text-ink-soft">
        New here?{' '}
        <Link to="/sign-up" search={next === undefined ? {} : { next }} className="text-link">
          Create an account
        </Link>
      </p>
    </SignInFrame>
  );
}
