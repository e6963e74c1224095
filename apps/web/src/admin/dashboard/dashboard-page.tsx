import type { AdminLive } from '@atrium/api';
import { PageHeading } from '../../shell/page-heading.tsx';
import { Figure, FigureGroup } from './figure.tsx';
import { countText, durationText, memoryText, millisecondsText, summaryOf } from './figures.ts';
import { Sparkline } from './sparkline.tsx';
import { type Live, useLive } from './use-live.ts';

/** What this server does at this moment. */
export function DashboardPage() {
  const live = useLive();
  return (
    <>
      <div className="grid gap-3">
        <PageHeading title="Dashboard" />
        <LineState live={live} />
      </div>
      <Figures live={live} />
    </>
  );
}

/** Spoken when it changes, which it does not do each second. It has the room of its longest sentence. */
function LineState({ live: { latest, isOld } }: { readonly live: Live }) {
  return (
    <output className={`block min-h-[3.2em] sm:min-h-[1.6em] ${isOld ? 'font-semibold text-warn' : 'text-ink-soft'}`}>
      {lineWords(latest, isOld)}
    </output>
  );
}

function lineWords(latest: AdminLive | null, isOld: boolean): string {
  if (latest === null)
    return isOld ? 'No figures yet: there is no line to the server.' : 'Waiting for the first figures.';
  return isOld
    ? `No line to the server. These figures are from ${timeOf(latest.at)}.`
    : 'What this server does, second by second.';
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** Read out when somebody goes there, not each second. */
function Figures({ live: { latest: now, rates, isOld } }: { readonly live: Live }) {
  const text = <K extends keyof AdminLive>(key: K, words: (value: AdminLive[K]) => string) => now && words(now[key]);
  const latency = now?.latency;
  return (
    <section aria-label="Figures" aria-live="off" data-old={isOld} className="group/figures">
      <p className="sr-only">{now && summaryOf(now)}</p>
      <div className="grid gap-8">
        <FigureGroup title="Now">
          <Figure name="Connections" value={text('sockets', countText)} note="open sockets" />
          <Figure name="People" value={text('people', countText)} note="with a connection" />
          <Figure name="Subscriptions" value={text('subscriptions', countText)} note="rooms and presence watched" />
          <Figure name="Rooms" value={text('rooms', countText)} note="in memory" />
        </FigureGroup>
        <FigureGroup title="Work">
          <Figure name="Commands" value={text('commandsPerSecond', countText)} note="in the last second" isWide>
            <Sparkline values={rates} most={60} label={ratesWords(rates)} />
          </Figure>
          <Figure name="Latency, p50" value={now && latencyText(latency?.p50)} note="half are saved sooner" />
          <Figure name="Latency, p99" value={now && latencyText(latency?.p99)} note="99 of 100 are saved sooner" />
        </FigureGroup>
        <FigureGroup title="Process">
          <Figure name="Uptime" value={text('uptime', durationText)} note="since it began" />
          <Figure name="Loop lag" value={text('lag', millisecondsText)} note="worst of the last second" />
          <Figure name="Memory" value={text('memory', ({ resident }) => memoryText(resident))} note="all of it" />
          <Figure name="Heap" value={text('memory', ({ heap }) => memoryText(heap))} note="of it in use by objects" />
        </FigureGroup>
        <FigureGroup title="Since it began" columns={2}>
          <Figure name="Revocations" value={text('revocations', countText)} note="sessions, people and rooms cut off" />
          <Figure name="Denials" value={text('denials', countText)} note="calls refused by a rule or a limit" />
        </FigureGroup>
      </div>
    </section>
  );
}

/** Without a command in the last seconds there is nothing to measure. */
function latencyText(ms: number | undefined): string {
  return ms === undefined ? 'none' : millisecondsText(ms);
}

function ratesWords(rates: readonly number[]): string {
  if (rates.length < 2) return 'Commands per second: not enough seen yet';
  const most = Math.max(...rates);
  return `Commands per second in the last ${rates.length} seconds: at most ${countText(most)}, now ${countText(rates.at(-1) ?? 0)}`;
}
