import type { AdminLive } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { useEffect, useState } from 'react';
import { useLookWhoIsHere } from '../lowered.ts';

/** Values in the picture of what has been. */
const kept = 60;
/** Figures come each second; after so many milliseconds without any they are called old. */
const patience = 3_500;
/** Milliseconds until the stream is asked for again after it ended; a lost line is the client's matter. */
const pause = 2_000;

export interface Live {
  /** Null until the first figures have come. */
  readonly latest: AdminLive | null;
  /** Commands per second, the newest last. */
  readonly rates: readonly number[];
  /** True when nothing has come for a while. */
  readonly isOld: boolean;
}

const nothing: Live = { latest: null, rates: [], isOld: false };

export function withLook({ rates }: Live, latest: AdminLive): Live {
  return { latest, rates: [...rates, latest.commandsPerSecond].slice(-kept), isOld: false };
}

/** What the server does, second by second, as long as the component is there. */
export function useLive(): Live {
  const { client } = useAtrium();
  const lookWhoIsHere = useLookWhoIsHere();
  const [live, setLive] = useState(nothing);
  useEffect(() => {
    let isOver = false;
    let leave = () => {};
    let retry: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      clearTimeout(retry);
      if (!isOver) retry = setTimeout(open, pause);
    };
    const open = () => {
      const stream = client.trpc.admin.live.subscribe(undefined, {
        onData: (look) => setLive((known) => withLook(known, look)),
        onError: (error) => {
          lookWhoIsHere(error);
          if (refusalOf(error)?.reason !== 'NOT_ALLOWED') again();
        },
        onComplete: again,
      });
      leave = () => stream.unsubscribe();
    };
    open();
    return () => {
      isOver = true;
      clearTimeout(retry);
      leave();
    };
  }, [client, lookWhoIsHere]);
  const { latest } = live;
  useEffect(() => {
    const timer = setTimeout(() => setLive((known) => ({ ...known, isOld: true })), patience);
    return () => clearTimeout(timer);
  }, [latest]);
  return live;
}
