import { useEffect, useState } from 'react';

/** False at first and true once a second has passed: a short wait needs no message. */
export function useLate(): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return isLate;
}
