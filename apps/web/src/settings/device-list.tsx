import type { Device } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, FormError, Progress, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MonitorSmartphone } from 'lucide-react';
import { Fragment } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { proofWords } from './proof-words.ts';
import { RevokeOthers } from './revoke-others.tsx';

export function DeviceList() {
  const { api } = useAtrium();
  const devices = useQuery({ ...api.sessions.list.query(), refetchInterval: 5_000 });
  if (devices.data === undefined && devices.fetchStatus === 'paused') return <NoLine isEmpty />;
  if (devices.isPending) return <Progress label="Looking for your devices" />;
  if (devices.data === undefined) return <FormError>{errorSentence(devices.error)}</FormError>;
  const rows: readonly Device[] = devices.data;
  return (
    <div className="grid gap-5">
      {(devices.isError || devices.fetchStatus === 'paused') && <NoLine />}
      <ul aria-label="Devices" className="-mt-4 divide-y divide-line">
        {rows.map((device) => (
          <DeviceRow key={device.publicId} device={device} />
        ))}
      </ul>
      {rows.some((device) => !device.current) && <RevokeOthers />}
    </div>
  );
}

/** Without a line the list is old, or there is none: that is said, so that nobody takes it for "no device". */
function NoLine({ isEmpty = false }: { readonly isEmpty?: boolean }) {
  return (
    <output className="rounded-control border-l-4 border-warn bg-warn-soft px-4 py-3 text-[0.9375rem]">
      {isEmpty
        ? 'There is no line to the server, so nothing can be listed here. It appears by itself once the line is back.'
        : 'There is no line to the server. This is how it was when it was last heard of.'}
    </output>
  );
}

function DeviceRow({ device }: { readonly device: Device }) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <MonitorSmartphone size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">{device.label}</span>
          {device.current && <Badge tone="accent">This device</Badge>}
        </p>
        <p className="text-sm text-ink-soft">
          {device.place} · {device.sockets > 0 ? 'connected now' : <LastSeen at={device.lastSeenAt} />}
        </p>
        <Signed device={device} />
        {device.rooms.length > 0 && <Watched device={device} />}
      </div>
      {!device.current && <RevokeButton device={device} />}
    </li>
  );
}

/** Since when, how it was proved, and whether it stays. */
function Signed({ device }: { readonly device: Device }) {
  const proof = proofWords(device.factors ?? []);
  return (
    <p className="text-sm text-ink-soft">
      Signed in <TimeAgo at={device.createdAt} />
      {proof !== null && ` ${proof}`}
      {!device.remembered && ', until the browser is closed'}
    </p>
  );
}

function Watched({ device }: { readonly device: Device }) {
  return (
    <p className="text-sm break-words text-ink-soft">
      In{' '}
      {device.rooms.map(({ id, title }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link to="/rooms/$roomId" params={{ roomId: id }} preload={false} className="text-link">
            {title}
          </Link>
        </Fragment>
      ))}
      {device.sockets > 1 && ` with ${device.sockets} open connections`}
    </p>
  );
}

function RevokeButton({ device }: { readonly device: Device }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    ...api.sessions.revoke.mutation(),
    onSuccess: async () => {
      toast(`${device.label} is signed out.`);
      await queryClient.invalidateQueries({ queryKey: api.sessions.list.key() });
    },
    onError: (error) => toast(errorSentence(error)),
  });
  return (
    <Button
      size="small"
      aria-label={`Sign out ${device.label}`}
      isPending={revoke.isPending}
      onPress={() => revoke.mutate({ publicId: device.publicId })}
      className="col-start-2 justify-self-start sm:col-start-3"
    >
      Sign out
    </Button>
  );
}

function LastSeen({ at }: { readonly at: string }) {
  return (
    <>
      last seen <TimeAgo at={at} />
    </>
  );
}
