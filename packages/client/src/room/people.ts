import type { PresenceEvent, PresencePerson } from '@atrium/rooms';

/** The people in the room after one presence event. Everyone once, however many tabs they have open. */
export function applyPresence(people: readonly PresencePerson[], event: PresenceEvent): readonly PresencePerson[] {
  switch (event.type) {
    case 'presence':
      return event.people;
    case 'joins': {
      const joined = new Set(event.people.map((person) => person.userId));
      return [...people.filter((person) => !joined.has(person.userId)), ...event.people];
    }
    case 'leaves': {
      const left = new Set(event.userIds);
      return people.filter((person) => !left.has(person.userId));
    }
    case 'metas': {
      const connections = new Map(event.people.map((person) => [person.userId, person.connections]));
      return people.map((person) => {
        const next = connections.get(person.userId);
        return next ? { ...person, connections: next } : person;
      });
    }
  }
}
