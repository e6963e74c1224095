import type { AdminLimit } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button } from '@atrium/ui';
import { TimeAgo } from '../../time/time-ago.tsx';
import { useAct } from '../parts/use-act.ts';
import { limitRate, limitTitle, refusedWords } from './limit-words.ts';

/** One limit: what it counts, how much it allows, and whom it holds back at this moment. */
export function LimitRow({ limit }: { readonly limit: AdminLimit }) {
  const { held } = limit;
  return (
    <li className="grid gap-3 py-4">
      <div className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <div className="min-w-0">
          <h2 className="text-lg leading-snug font-semibold">{limitTitle(limit)}</h2>
          <p className="text-sm text-ink-soft">At most {limitRate(limit)}</p>
        </div>
        <p className="text-sm text-ink-soft">{refusedWords(limit.refused)}</p>
      </div>
      {held.length > 0 && (
        <ul
          aria-label={`Held back now: ${limitTitle(limit)}`}
          className="divide-y divide-line rounded-control bg-warn-soft"
        >
          {held.map(({ key, until }) => (
            <HeldRow key={key} name={limit.name} held={key} until={until} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface HeldRowProps {
  /** Of the limit. */
  readonly name: string;
  readonly held: string;
  readonly until: string;
}

function HeldRow({ name, held, until }: HeldRowProps) {
  const { api } = useAtrium();
  const lift = useAct(api.admin.liftLimit.mutation(), { done: `${held} may try again.`, isErrorTold: true });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <p className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-semibold">{held}</span>
        <span className="block text-sm text-ink-soft">
          held back until {clock.format(Date.parse(until))}, <TimeAgo at={until} />
        </span>
      </p>
      <Button
        size="small"
        aria-label={`Lift the limit for ${held}`}
        isPending={lift.isPending}
        onPress={() => lift.mutate({ name, key: held })}
      >
        Lift
      </Button>
    </li>
  );
}

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
