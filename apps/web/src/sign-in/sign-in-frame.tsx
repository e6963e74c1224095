import type { ReactNode } from 'react';
import { CourtScene } from '../landing/court-scene.tsx';
import { PageHeading } from '../shell/page-heading.tsx';

export interface SignInFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** A form beside the court; on a narrow screen the form alone. */
export function SignInFrame({ title, lead, children }: SignInFrameProps) {
  return (
    <div className="grid grow items-center gap-16 pt-4 pb-14 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="mx-auto grid w-full max-w-md gap-7 lg:mx-0">
        <div className="grid gap-3">
          <PageHeading title={title} />
          <p className="text-lg text-ink-soft">{lead}</p>
        </div>
        {children}
      </div>
      <div aria-hidden className="hidden w-full max-w-[36rem] justify-self-end lg:block">
        <CourtScene isStill />
      </div>
    </div>
  );
}
