import { classNames } from './class-names.ts';
import { initials, personColour } from './person-colour.ts';

export interface Person {
  readonly userId: string;
  readonly name: string;
}

const sizes = { small: 'size-7 text-[0.6875rem]', medium: 'size-9 text-[0.8125rem]', large: 'size-14 text-lg' };

/** Initials on the person's colour. The name stands beside it or in the list around it, so it is hidden from readers. */
export function Avatar({ person, size = 'medium' }: { readonly person: Person; readonly size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden
      title={person.name}
      style={{ backgroundColor: personColour(person.userId) }}
      className={classNames(
        'inline-grid shrink-0 place-items-center rounded-full font-display font-bold text-paper-ink',
        sizes[size],
      )}
    >
      {initials(person.name)}
    </span>
  );
}

export interface AvatarStackProps {
  readonly people: readonly Person[];
  /** Names the list, such as "In the room now". */
  readonly label: string;
  readonly size?: keyof typeof sizes;
  /** How many faces are shown before "+3". */
  readonly limit?: number;
}

/** The people as overlapping circles; screen readers get a list of names. */
export function AvatarStack({ people, label, size = 'medium', limit = 4 }: AvatarStackProps) {
  const shown = people.slice(0, people.length > limit ? limit - 1 : limit);
  const rest = people.slice(shown.length);
  return (
    <ul aria-label={label} className="flex items-center -space-x-0.5">
      {shown.map((person) => (
        <li key={person.userId} className="flex rounded-full ring-2 ring-ground">
          <Avatar person={person} size={size} />
          <span className="sr-only">{person.name}</span>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="flex rounded-full ring-2 ring-ground">
          <span
            aria-hidden
            title={rest.map((person) => person.name).join(', ')}
            className={classNames(
              'inline-grid place-items-center rounded-full bg-sunken font-bold text-ink',
              sizes[size],
            )}
          >
            +{rest.length}
          </span>
          <span className="sr-only">{rest.map((person) => person.name).join(', ')}</span>
        </li>
      )}
    </ul>
  );
}
