import { type ReactNode, useEffect, useRef } from 'react';

/** What went wrong with the form as a whole. Takes the focus when it appears; give each attempt its own `key`. */
export function FormError({ children }: { readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="rounded-control border-l-4 border-danger bg-danger-soft px-4 py-3 text-[0.9375rem] text-ink focus:outline-none"
    >
      {children}
    </div>
  );
}
