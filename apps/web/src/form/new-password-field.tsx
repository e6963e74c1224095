import { PasswordField } from '@atrium/ui';
import { type FocusEvent, useDeferredValue, useState } from 'react';
import { newPasswordProblem, shortestPassword } from '../sign-in/credentials.ts';
import type { estimateStrength } from './estimate-strength.ts';
import { StrengthMeter } from './strength-meter.tsx';

export interface NewPasswordFieldProps {
  readonly label?: string;
  readonly name?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Words that others know about the person. */
  readonly known?: readonly string[];
  readonly error?: string | undefined;
  readonly onBlur?: (event: FocusEvent<HTMLInputElement>) => void;
}

interface Estimator {
  readonly estimateStrength: typeof estimateStrength;
}

/** Loads the estimator once; without it (no line) the field works all the same, only with an empty meter. */
function useEstimator() {
  const [estimator, setEstimator] = useState<Estimator | null>(null);
  const load = () => {
    if (estimator === null) import('./estimate-strength.ts').then(setEstimator, () => {});
  };
  return { estimator, load };
}

/** A password that is being chosen: says how good it is while one types, and never stands in the way. */
export function NewPasswordField({
  label = 'Password',
  name = 'password',
  value,
  onValue,
  known = [],
  ...field
}: NewPasswordFieldProps) {
  const { estimator, load } = useEstimator();
  const measured = useDeferredValue(value);
  const isLongEnough = newPasswordProblem(measured) === undefined;
  return (
    <div className="grid gap-2.5">
      <PasswordField
        label={label}
        name={name}
        hint={`At least ${shortestPassword} characters. A few words in a row are easy to remember and hard to guess.`}
        autoComplete="new-password"
        required
        value={value}
        onFocus={load}
        onChange={(event) => onValue(event.target.value)}
        {...field}
      />
      {/* There from the start: what comes later would move the button below from under a pointer that presses it. */}
      <StrengthMeter strength={estimator && isLongEnough ? estimator.estimateStrength(measured, known) : null} />
    </div>
  );
}
