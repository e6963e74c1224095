export { BadCredentials, NotAGuest } from './account/accounts.ts';
export { LastCredential } from './account/last-credential.ts';
export { NoPassword } from './account/password-proof.ts';
export type { RefusedToken } from './api-token/access-token.ts';
export type { IssuedToken } from './api-token/api-tokens.ts';
export { type AuditAction, auditActions } from './audit/audit-action.ts';
export type { AuditEntry } from './audit/audit-trail.ts';
export { type Auth, type AuthOptions, createAuth } from './create-auth.ts';
export type { FactorProof } from './factor/prove-by-factor.ts';
export { BadCode, type SecondFactor, SecondFactorRequired } from './factor/second-factor.ts';
export { TotpIsOff, TotpIsOn, TotpSetupOver } from './factor/totp.ts';
export { type LimitState, LimitBook } from './limit/limit-book.ts';
export { TooManyAttempts } from './limit/consume.ts';
export { type LiveConnection, type LiveHandle, LiveSessions } from './live/live-sessions.ts';
export { startTimer } from './live/long-timer.ts';
export { isLoopback, isLoopbackName, loopbackNames } from './network/loopback.ts';
export { networkOf } from './network/network.ts';
export { type NoticeKind, noticeKinds } from './mail/letter/notice-letter.ts';
export { escapeHtml } from './mail/letter/escape-html.ts';
export { createMailbox, type KeptMail, type Mailbox } from './mail/mailbox.ts';
export { type Mail, type Mailer, MailFailed } from './mail/mailer.ts';
export { createSmtpMailer, type SmtpOptions } from './mail/smtp-mailer.ts';
export { LinkRefused } from './mail-link/link-refused.ts';
export type { Notices } from './notice/notices.ts';
export { LineFull } from './password/gate.ts';
export { hashPassword, prepareDecoy } from './password/password.ts';
export { createGitHubProvider } from './provider/github-provider.ts';
export { handshakeAge, isProviderId } from './provider/handshake.ts';
export { createOpenIdProvider } from './provider/openid-provider.ts';
export { type Provider, ProviderFailed, type ProviderId, providerIds } from './provider/provider.ts';
export { type ProblemCode, ProviderProblem } from './provider/provider-problem.ts';
export type { ProviderOption } from './provider/providers.ts';
export { BadPasskey } from './passkey/bad-passkey.ts';
export { TooManyPasskeys } from './passkey/passkeys.ts';
export { checkNewPassword, WeakPassword } from './password/strength.ts';
export { createSecretBox, type Purpose, type SecretBox } from './seal/secret-box.ts';
export {
  deviceCookieName,
  hostCookieName,
  readDeviceCookie,
  readSessionToken,
  sessionCookieName,
} from './session/cookie.ts';
export type { Device } from './session/device.ts';
export type { Identity } from './session/identity.ts';
export { defaultLifetimes, isExtendable, type Lifetimes, longestLife, touchInterval } from './session/lifetimes.ts';
export type { Presented, Theft } from './session/present-token.ts';
export type { StartedSession } from './session/sessions.ts';
export { hashToken, newToken } from './session/token.ts';
