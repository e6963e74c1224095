/**
 * Which theme is shown. `public/theme.js` of the app does the same before the first paint; the storage key, the
 * attribute and the values are the agreement between the two.
 */
export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

const storageKey = 'atrium-theme';
const listeners = new Set<() => void>();

export function resolveTheme(choice: ThemeChoice, prefersDark: boolean): Theme {
  if (choice === 'system') return prefersDark ? 'dark' : 'light';
  return choice;
}

export function themeChoice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** The theme that is on the screen now. */
export function shownTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, choice);
  show();
}

/** Follows the system's preference and other tabs of this browser until the returned function is called. */
export function followTheme(): () => void {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  preference.addEventListener('change', show);
  addEventListener('storage', show);
  return () => {
    preference.removeEventListener('change', show);
    removeEventListener('storage', show);
  };
}

export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(): void {
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset['theme'] = resolveTheme(themeChoice(), prefersDark);
  for (const listener of listeners) listener();
}
