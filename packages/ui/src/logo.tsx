/**
 * The mark is the plan of an atrium: four slopes of a roof around an opening, and the light that falls in.
 * `CourtPlan` is the bare drawing; the same figure carries rooms in lists, each in the hue of its id.
 */
export function CourtPlan({ hue }: { readonly hue?: number }) {
  const slope = (name: string, lightness: number) =>
    hue === undefined ? `var(--court-${name})` : `hsl(${hue} 34% ${lightness}%)`;
  return (
    <svg viewBox="0 0 32 32" aria-hidden className="size-full">
      <path d="M0 0h32L21 11H11z" fill={slope('north', 30)} />
      <path d="M32 0v32L21 21V11z" fill={slope('east', 40)} />
      <path d="M32 32H0l11-11h10z" fill={slope('south', 50)} />
      <path d="M0 32V0l11 11v10z" fill={slope('west', 22)} />
      <path d="M11 11h10v10H11z" fill="var(--paper)" />
      <path d="M11 11h10L11 21z" fill="var(--sun)" />
    </svg>
  );
}

/** The mark with the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5 font-display text-xl font-bold tracking-tight">
      <span className="size-7 overflow-hidden rounded-[0.45rem]">
        <CourtPlan />
      </span>
      Atrium
    </span>
  );
}
