import { isLoopbackName, loopbackNames } from '@atrium/auth';

/** The origins whose pages may call this server with a cookie. */
export function allowedOrigins(publicUrl: string, more: readonly string[]): ReadonlySet<string> {
  return new Set([...withLoopbackNames(publicUrl), ...more]);
}

/** A server on this machine is the same server under each name of the machine. */
function withLoopbackNames(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  if (!isLoopbackName(hostname)) return [origin];
  return loopbackNames.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}
