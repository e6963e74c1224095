/** What somebody is called who has not said: what stands before the @, at most 80 characters. */
export function nameFrom(email: string | null): string {
  return (email?.split('@')[0] ?? '').slice(0, 80) || 'Someone';
}
