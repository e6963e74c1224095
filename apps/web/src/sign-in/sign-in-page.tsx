import { Link, useSearch } from '@tanstack/react-router';
import { SignInForm } from './sign-in-form.tsx';
import { SignInFrame } from './sign-in-frame.tsx';

export function SignInPage() {
  const { next } = useSearch({ from: '/_public/sign-in' });
  return (
    <SignInFrame title="Sign in" lead="Welcome back. Your rooms are as you left them.">
      <SignInForm next={next} />
      <p className="text-ink-soft">
        New here?{' '}
        <Link to="/sign-up" search={next === undefined ? {} : { next }} className="text-link">
          Create an account
        </Link>
      </p>
    </SignInFrame>
  );
}
