import type { OutboxPlace, OutboxStore } from '../outbox/outbox-store.ts';

/** What every outbox promises, as steps that also run inside a browser's page: each answers what it found. */
export const outboxPromises: { readonly [promise: string]: (store: OutboxStore) => Promise<unknown> } = {
  async 'keeps commands in the order of their numbers'(store) {
    await store.add(place('a'), [command(1), command(2)]);
    await store.add(place('a'), [command(10)]);
    return [(await store.read(place('a'))).map(({ seq }) => seq), await store.count('ada')];
  },
  async 'forgets up to a number'(store) {
    await store.add(place('a'), [command(1), command(2), command(3)]);
    await store.remove(place('a'), 2);
    return (await store.read(place('a'))).map(({ seq }) => seq);
  },
  async 'has nothing of a numbering that is over'(store) {
    await store.add(place('a'), [command(1)]);
    await store.remove(place('a'), 1);
    return [await store.places('ada'), await store.count('ada')];
  },
  async 'moves in one step'(store) {
    await store.add(place('a'), [command(7), command(8)]);
    await store.move(place('a'), place('b'), [command(1)]);
    return [await store.read(place('a')), (await store.read(place('b'))).map(({ seq }) => seq)];
  },
  async 'keeps people apart'(store) {
    await store.add(place('a'), [command(1)]);
    await store.add({ ...place('b'), userId: 'bob' }, [command(1)]);
    await store.clear('ada');
    return [await store.count('ada'), (await store.places('bob')).map(({ clientId }) => clientId)];
  },
  async 'takes effect in the order of the calls'(store) {
    const calls = [
      store.add(place('a'), [command(1)]),
      store.remove(place('a'), 1),
      store.add(place('a'), [command(2)]),
    ];
    await Promise.all(calls);
    return (await store.read(place('a'))).map(({ seq }) => seq);
  },
  async 'lets one hold a numbering'(store) {
    const free = await store.claim('c');
    const second = await store.claim('c');
    free?.();
    const third = await store.claim('c', { wait: new AbortController().signal });
    third?.();
    return [free !== null, second, third !== null];
  },
  async 'waits for whoever holds it, until told not to'(store) {
    const free = await store.claim('d');
    const stop = new AbortController();
    const given = store.claim('d', { wait: stop.signal });
    stop.abort();
    const waiting = store.claim('d', { wait: new AbortController().signal });
    const first = await given;
    free?.();
    const later = await waiting;
    later?.();
    return [first, later !== null];
  },
};

/** What each of them answers. */
export const outboxAnswers: { readonly [promise: string]: unknown } = {
  'keeps commands in the order of their numbers': [[1, 2, 10], 3],
  'forgets up to a number': [3],
  'has nothing of a numbering that is over': [[], 0],
  'moves in one step': [[], [1]],
  'keeps people apart': [0, ['b']],
  'takes effect in the order of the calls': [2],
  'lets one hold a numbering': [true, null, true],
  'waits for whoever holds it, until told not to': [null, true],
};

function place(clientId: string): OutboxPlace {
  return { userId: 'ada', roomId: 'r', clientId };
}

function command(seq: number) {
  return { seq, name: 'edit', input: { value: seq } };
}
