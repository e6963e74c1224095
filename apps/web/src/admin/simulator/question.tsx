import { useAtrium } from '@atrium/client/react';
import { Button, FormError, SelectField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';
import { FindPerson } from '../parts/find-person.tsx';
import { FindRoom } from '../parts/find-room.tsx';
import type { Found } from '../parts/finder.tsx';
import { Verdict } from './verdict.tsx';

interface Policy {
  readonly procedure: string;
  readonly policy: string;
  readonly inRoom: boolean;
}

interface Asked {
  readonly person: Found;
  readonly procedure: string;
  readonly room: Found | null;
}

const usual = 'rooms.rename';

/** Who, what and, if it is about one, in which room. */
export function Question({ policies }: { readonly policies: readonly Policy[] }) {
  const { client } = useAtrium();
  const [person, setPerson] = useState<Found | null>(null);
  const [procedure, setProcedure] = useState(usual);
  const [room, setRoom] = useState<Found | null>(null);
  const inRoom = policies.some((policy) => policy.procedure === procedure && policy.inRoom);
  const simulate = useMutation({
    mutationFn: (asked: Asked) =>
      client.trpc.admin.simulate.query({
        ...{ userId: asked.person.id, procedure: asked.procedure },
        roomId: asked.room?.id,
      }),
  });
  const missing = missingWords(person, inRoom && room === null);
  return (
    <>
      <form
        noValidate
        aria-label="The question"
        className="grid items-start gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (person !== null && missing === null && !simulate.isPending)
            simulate.mutate({ person, procedure, room: inRoom ? room : null });
        }}
      >
        <FindPerson chosen={person} onChange={setPerson} />
        <SelectField
          label="Procedure"
          options={policies.map((policy) => ({ value: policy.procedure, text: policy.procedure }))}
          value={procedure}
          onChange={setProcedure}
        />
        {inRoom && <FindRoom chosen={room} onChange={setRoom} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 sm:col-span-2">
          <Button type="submit" look="primary" isDisabled={missing !== null} isPending={simulate.isPending}>
            May they?
          </Button>
          {missing !== null && <p className="text-sm text-ink-soft">{missing}</p>}
        </div>
      </form>
      {simulate.isError && <FormError key={simulate.submittedAt}>{errorSentence(simulate.error)}</FormError>}
      {simulate.isSuccess && (
        <Verdict key={simulate.submittedAt} asked={askedWords(simulate.variables)} simulation={simulate.data} />
      )}
    </>
  );
}

function missingWords(person: Found | null, needsRoom: boolean): string | null {
  if (person === null) return needsRoom ? 'Choose a person and a room first.' : 'Choose a person first.';
  return needsRoom ? 'Choose a room first.' : null;
}

function askedWords({ person, procedure, room }: Asked): string {
  return `${person.name} calls ${procedure}${room === null ? '' : ` in “${room.name}”`}`;
}
