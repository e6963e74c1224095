import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { IconButton, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { canManage } from '../rooms/rights.ts';
import { titleProblem } from '../rooms/room-title.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { PageHeading } from '../shell/page-heading.tsx';

/** The room's name; its owner can change it in place. Enter saves, Escape leaves it as it was. */
export function RoomTitle({ info }: { readonly info: Room }) {
  const [isEditing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !isEditing) pencil.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  if (isEditing) return <TitleForm info={info} onDone={() => setEditing(false)} />;
  return (
    <div className="flex min-w-0 items-center gap-0.5">
      <PageHeading title={info.title} className="truncate text-lg leading-normal" />
      {canManage(info) && !info.archived && (
        <IconButton ref={pencil} label="Rename room" onPress={() => setEditing(true)} className="text-ink-soft">
          <Pencil size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

function TitleForm({ info, onDone }: { readonly info: Room; readonly onDone: () => void }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(info.title);
  const rename = useMutation({
    ...api.rooms.rename.mutation(),
    onSuccess: (room) => {
      queryClient.setQueryData(api.rooms.get.key({ roomId: info.id }), room);
      void queryClient.invalidateQueries({ queryKey: api.rooms.list.key() });
      onDone();
    },
    onError: (error) => toast(errorSentence(error)),
  });
  const save = () => {
    const title = draft.trim();
    if (title === info.title || titleProblem(title) !== undefined) return onDone();
    if (!rename.isPending) rename.mutate({ roomId: info.id, title });
  };
  return (
    <form
      className="min-w-0 shrink"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h1 className="sr-only">{info.title}</h1>
      <input
        aria-label="Room name"
        // The person has just asked to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        autoComplete="off"
        maxLength={120}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        className="h-10 w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 font-display text-lg font-semibold sm:w-80"
      />
    </form>
  );
}
