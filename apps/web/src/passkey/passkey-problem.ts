import { errorSentence } from '../shell/error-sentence.ts';

/** What a person reads when their browser or device made no passkey, or used none; null when they only changed their mind. */
export function passkeyProblem(error: unknown): string | null {
  switch (reasonOf(error)) {
    case 'AbortError':
      return null;
    case 'NotAllowedError':
      return 'No passkey was used: the question was closed, or this device has none for this site.';
    case 'InvalidStateError':
      return 'This device has a passkey for your account already.';
    case 'NotSupportedError':
    case 'SecurityError':
      return 'This browser cannot use passkeys on this page.';
    default:
      return errorSentence(error);
  }
}

/** The library wraps what the browser said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.cause instanceof Error ? error.cause.name : error.name;
}

/** Browsers make passkeys for names such as `example.org` or `localhost`, and for no bare address. */
export function hasPasskeys(hostname: string): boolean {
  return 'PublicKeyCredential' in globalThis && !/^\[|^[\d.]+$/.test(hostname);
}
