/** The origins whose pages may call this server with a cookie. */
export function allowedOrigins(publicUrl: string, more: readonly string[]): ReadonlySet<string> {
  return new Set([...withLoopbackNames(publicUrl), ...more]);
}

/** A server on this machine is the same server under each name of the machine. */
function withLoopbackNames(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  if (!names.includes(hostname)) return [origin];
  return names.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}
