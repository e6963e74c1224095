/** One piece of the app: whoever opens a link from a mail visits one of these pages, and soon another. */
export { ConfirmEmailChangePage } from './confirm-email-change-page.tsx';
export { ConfirmPage } from './confirm-page.tsx';
export { ForgotPasswordPage } from './forgot-password-page.tsx';
export { MagicLinkPage } from './magic-link-page.tsx';
export { ResetPasswordPage } from './reset-password-page.tsx';
