import type { Device } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, Dialog, FormError, Progress, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';

export function DeviceList() {
  const { api } = useAtrium();
  const devices = useQuery({ ...api.sessions.list.query(), refetchInterval: 5_000 });
  if (devices.isPending) return <Progress label="Looking for your devices" />;
  if (devices.data === undefined) return <FormError>{errorSentence(devices.error)}</FormError>;
  const others = devices.data.filter((device: Device) => !device.current);
  return (
    <div className="grid gap-5">
      <ul aria-label="Devices" className="-mt-4 divide-y divide-line">
        {devices.data.map((device: Device) => (
          <DeviceRow key={device.publicId} device={device} />
        ))}
      </ul>
      {others.length > 0 && <RevokeOthers count={others.length} />}
    </div>
  );
}

function DeviceRow({ device }: { readonly device: Device }) {
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
        {device.rooms.length > 0 && (
          <p className="text-sm break-words text-ink-soft">
            In {device.rooms.map((room) => `“${room.title}”`).join(', ')}
            {device.sockets > 1 && ` with ${device.sockets} open connections`}
          </p>
        )}
      </div>
      {!device.current && (
        <Button
          size="small"
          aria-label={`Sign out ${device.label}`}
          isPending={revoke.isPending}
          onPress={() => revoke.mutate({ publicId: device.publicId })}
          className="col-start-2 justify-self-start sm:col-start-3"
        >
          Sign out
        </Button>
      )}
    </li>
  );
}

function LastSeen({ at }: { readonly at: string }) {
  return (
    <>
      last seen <TimeAgo at={at} />
    </>
  );
}

function RevokeOthers({ count }: { readonly count: number }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    ...api.sessions.revokeOthers.mutation(),
    onSuccess: async ({ ended }) => {
      setAsking(false);
      toast(ended === 1 ? 'One device is signed out.' : `${ended} devices are signed out.`);
      await queryClient.invalidateQueries({ queryKey: api.sessions.list.key() });
    },
  });
  return (
    <>
      <Button className="justify-self-start" onPress={() => setAsking(true)}>
        Sign out all other devices
      </Button>
      <Dialog role="alertdialog" title="Sign out the others?" isOpen={isAsking} onClose={() => setAsking(false)}>
        {revoke.isError && <FormError key={revoke.submittedAt}>{errorSentence(revoke.error)}</FormError>}
        <p>
          {count === 1 ? 'One other device loses' : `${count} other devices lose`} access at once, in open rooms too.
          This device stays signed in.
        </p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={() => setAsking(false)}>Cancel</Button>
          <Button look="danger" isPending={revoke.isPending} onPress={() => revoke.mutate()}>
            Sign them out
          </Button>
        </div>
      </Dialog>
    </>
  );
}
