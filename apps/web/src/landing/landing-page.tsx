import { PageHeading } from '../shell/page-heading.tsx';
import { CourtScene } from './court-scene.tsx';
import { StartDrawing } from './start-drawing.tsx';

export function LandingPage() {
  return (
    <>
      <section className="grid items-center gap-x-16 gap-y-12 pt-6 pb-20 lg:grid-cols-[minmax(0,1fr)_minmax(0,36rem)] lg:pt-10">
        <div className="grid gap-7">
          <PageHeading
            title="Draw together, live"
            className="text-[clamp(2.9rem,7.2vw,5.25rem)] leading-[0.98] tracking-[-0.035em]"
          >
            One board. Everyone at&nbsp;it.
          </PageHeading>
          <p className="max-w-[34rem] text-xl leading-relaxed text-ink-soft">
            Open a board, send the link, and draw with your team at the same moment. No pasting screenshots, no “can you
            see it now?”.
          </p>
          <StartDrawing />
        </div>
        <CourtScene />
      </section>
      <Promises />
    </>
  );
}

const promises = [
  {
    title: 'Saved means saved',
    text: 'A stroke counts once the server has it on disk. If the connection drops, what you drew waits in the page and is sent when the line is back.',
  },
  {
    title: 'Out means out',
    text: 'Take a link back, remove a device or close a room: it goes quiet everywhere at once, in tabs that are open too.',
  },
  {
    title: 'Your house',
    text: 'One process on a machine of yours and one folder of data. Nobody in between reads along or keeps a copy.',
  },
];

function Promises() {
  return (
    <section aria-labelledby="promises" className="border-t border-line py-16 sm:py-20">
      <h2 id="promises" className="text-3xl sm:text-4xl">
        What you can rely on
      </h2>
      <dl className="mt-10 grid gap-x-14 gap-y-10 md:grid-cols-3">
        {promises.map(({ title, text }) => (
          <div key={title}>
            <dt className="font-display text-xl font-bold tracking-tight">{title}</dt>
            <dd className="mt-2 text-ink-soft">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
