/** One piece of the app: ways in and out. */
export { SignInPage } from './sign-in-page.tsx';
export { SignUpPage } from './sign-up-page.tsx';
export { SignedOutPage } from './signed-out-page.tsx';
