/** What is checked before a form is sent. The server checks again; these only spare a round trip. */
export const shortestPassword = 8;

export function emailProblem(email: string): string | undefined {
  const trimmed = email.trim();
  if (trimmed === '') return 'Enter your email address.';
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(trimmed)) return 'Enter an address such as mira@example.org.';
  return undefined;
}

export function newPasswordProblem(password: string): string | undefined {
  if (password === '') return 'Choose a password.';
  const missing = shortestPassword - Array.from(password).length;
  if (missing > 0) return `${missing} more ${missing === 1 ? 'character' : 'characters'}, please.`;
  return undefined;
}

export function passwordProblem(password: string): string | undefined {
  return password === '' ? 'Enter your password.' : undefined;
}

export function nameProblem(name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'Enter the name that others will see.';
  if (trimmed.length > 80) return 'A name has at most 80 characters.';
  return undefined;
}
