import type { Simulation } from '@atrium/api';
import { classNames } from '@atrium/ui';
import { Check, Minus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ruleLine, ruleWords, verdictWords } from './verdict-words.ts';

export interface VerdictProps {
  /** "Ada, rooms.rename in “Plan”" */
  readonly asked: string;
  readonly simulation: Simulation;
}

/** Whether it would be allowed, and every rule that is asked, in the order in which they are. Takes the focus when it appears: give each answer its own `key`. */
export function Verdict({ asked, simulation }: VerdictProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const { allowed, policy, rules } = simulation;
  return (
    <section aria-labelledby="verdict" className="grid gap-4 border-t border-line pt-6">
      <div className="grid gap-1">
        <p className="[overflow-wrap:anywhere] text-ink-soft">{asked}</p>
        <h2
          id="verdict"
          ref={ref}
          tabIndex={-1}
          className={classNames('text-2xl focus:outline-none', allowed ? 'text-accent' : 'text-danger')}
        >
          {verdictWords(simulation)}
        </h2>
        <p className="text-sm text-ink-soft">Policy: {policy}</p>
      </div>
      {rules.length === 0 ? (
        <p className="text-ink-soft">Nothing is asked: anyone may call it.</p>
      ) : (
        <ol aria-label="Rules, in the order in which they are looked at" className="divide-y divide-line">
          {rules.map(({ name, words, holds }) => (
            <li key={name} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 py-2.5">
              <RuleMark holds={holds} />
              <span className={holds === null ? 'text-ink-soft' : undefined}>{ruleLine({ name, words })}</span>
              <span className={classNames('text-sm', holds === false ? 'font-semibold text-danger' : 'text-ink-soft')}>
                {ruleWords(holds)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function RuleMark({ holds }: { readonly holds: boolean | null }) {
  if (holds === null) return <Minus size={20} aria-hidden className="text-ink-soft" />;
  return holds ? (
    <Check size={20} aria-hidden className="text-accent" />
  ) : (
    <X size={20} aria-hidden className="text-danger" />
  );
}
