import type { CommandDefinition, RoomKind } from './room-kind.ts';
import { isSafeKey } from './storable.ts';

/** A kind that remembers what its commands take, for typed senders. */
export type DefinedRoomKind<Inputs> = RoomKind & {
  /** Exists for the compiler only. */
  readonly inputTypes?: Inputs;
};

/** `{ [command]: input }` of a kind. */
export type InputsOf<Kind> = Kind extends { readonly inputTypes?: infer Inputs } ? NonNullable<Inputs> : never;

type KindDefinition<Inputs> = Omit<RoomKind, 'commands'> & {
  readonly commands: { readonly [Name in keyof Inputs]: CommandDefinition<Inputs[Name]> };
};

/** Checks a kind's names and limits where it is defined; throws an `Error` for the developer when one cannot work. */
export function defineRoomKind<Inputs>(definition: KindDefinition<Inputs>): DefinedRoomKind<Inputs>;
export function defineRoomKind(kind: Omit<RoomKind, 'commands'> & { readonly commands: object }): object {
  const demand = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`Room kind "${kind.name}": ${what}`);
  };
  demand(/^[a-z][a-z0-9-]{0,31}$/.test(kind.name), 'a name has lower-case letters, digits and hyphens, at most 32.');
  demand(Number.isInteger(kind.version) && kind.version >= 1, 'the version is 1 or more.');
  demand(new Set(kind.collections).size === kind.collections.length, 'a collection is named twice.');
  for (const collection of kind.collections) {
    demand(isName(collection), `"${collection}" cannot name a collection.`);
    demand((kind.limits.records[collection] ?? 0) > 0, `"${collection}" has no limit of records.`);
  }
  for (const hidden of kind.hidden)
    demand(kind.collections.includes(hidden), `"${hidden}" is hidden but not declared.`);
  for (const command of Object.keys(kind.commands)) demand(isName(command), `"${command}" cannot name a command.`);
  demand(kind.limits.bytes > 0, 'the limit of bytes is more than 0.');
  return kind;
}

function isName(name: string): boolean {
  return /^[a-z][A-Za-z0-9]{0,63}$/.test(name) && isSafeKey(name);
}
