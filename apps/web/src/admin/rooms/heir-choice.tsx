import type { AdminRoomDetail } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { roleNames } from '../../rooms/role-names.ts';
import { errorSentence } from '../../shell/error-sentence.ts';
import { useSettled } from '../parts/use-settled.ts';
import { heirsAmong } from './heirs-among.ts';

/** Somebody who can own a room. */
export interface Heir {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
}

export interface HeirChoiceProps {
  readonly people: AdminRoomDetail['people'];
  /** What is searched for; empty for the people of the room. */
  readonly text: string;
  readonly heir: Heir | null;
  /** While it is being given away. */
  readonly isDisabled: boolean;
  readonly onChoose: (heir: Heir) => void;
}

/** How many of those who were found are offered: whoever is not among them is searched for with more letters. */
const mostFound = 6;

export function HeirChoice({ people, text, ...choice }: HeirChoiceProps) {
  const { api } = useAtrium();
  const search = useSettled(text.trim());
  const found = useQuery({ ...api.admin.users.query({ text: search }), enabled: search !== '' });
  if (search === '') return <Choices {...choice} heirs={heirsAmong(people)} label="In the room" roles={people} />;
  if (found.isPending) return <Progress label="Looking" />;
  if (found.data === undefined) return <FormError>{errorSentence(found.error)}</FormError>;
  const heirs = found.data.items
    .filter((user) => !user.guest && user.disabledAt === null)
    .map(({ id, name, email }) => ({ userId: id, name, email }));
  return <Choices {...choice} heirs={heirs.slice(0, mostFound)} label="Found" roles={people} />;
}

interface ChoicesProps extends Pick<HeirChoiceProps, 'heir' | 'isDisabled' | 'onChoose'> {
  readonly label: string;
  readonly heirs: readonly Heir[];
  /** Says what each may do now, if they are in the room. */
  readonly roles: AdminRoomDetail['people'];
}

function Choices({ label, heirs, roles, heir, isDisabled, onChoose }: ChoicesProps) {
  if (heirs.length === 0)
    return (
      <p className="text-ink-soft">{label === 'Found' ? 'Nobody fits.' : 'Nobody else in the room could own it.'}</p>
    );
  return (
    <fieldset disabled={isDisabled} className="grid max-h-72 gap-1.5 overflow-y-auto">
      <legend className="mb-2 text-sm font-semibold">{label}</legend>
      {heirs.map((person) => {
        const role = roles.find(({ userId }) => userId === person.userId)?.role;
        return (
          <label
            key={person.userId}
            className="grid min-h-11 cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 rounded-control border border-line-strong/60 px-3 py-1.5 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="heir"
              checked={heir?.userId === person.userId}
              onChange={() => onChoose(person)}
              className="size-4.5 shrink-0 accent-accent"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="block font-semibold">{person.name}</span>
              <span className="block text-sm text-ink-soft">{person.email}</span>
            </span>
            {role !== undefined && <span className="text-sm text-ink-soft">{roleNames[role]}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
