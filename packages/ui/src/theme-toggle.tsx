import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from './button.tsx';
import { chooseTheme, shownTheme, subscribeToTheme, type Theme, type ThemeChoice, themeChoice } from './theme.ts';

export function useShownTheme(): Theme {
  return useSyncExternalStore(subscribeToTheme, shownTheme);
}

/** Switches between light and dark. */
export function ThemeToggle() {
  const theme = useShownTheme();
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <IconButton label={`Use the ${next} theme`} onPress={() => chooseTheme(next)}>
      {theme === 'dark' ? <Sun size={20} aria-hidden /> : <Moon size={20} aria-hidden />}
    </IconButton>
  );
}

const choices: readonly { readonly value: ThemeChoice; readonly text: string }[] = [
  { value: 'system', text: 'Like this device' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
];

/** All three choices, for the settings page. */
export function ThemeChoices() {
  const chosen = useSyncExternalStore(subscribeToTheme, themeChoice);
  return (
    <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ value, text }) => (
        <label key={value} className="flex min-h-11 cursor-pointer items-center gap-2.5">
          <input
            type="radio"
            name="theme"
            value={value}
            checked={chosen === value}
            onChange={() => chooseTheme(value)}
            className="size-4.5 accent-accent"
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
