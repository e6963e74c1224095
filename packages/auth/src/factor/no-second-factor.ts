import type { SecondFactor } from './second-factor.ts';

/** Where no account has a second factor. */
export const noSecondFactor: SecondFactor = {
  isNeeded: () => Promise.resolve(false),
  check: () => Promise.resolve(null),
};
