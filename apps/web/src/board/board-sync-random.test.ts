import { expect, test } from 'vitest';
import { createWorld, expectAgreement, type World } from './board-sync-world.ts';

/** mulberry32: a small seeded generator of numbers in [0, 1). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function editAtRandom(random: () => number, world: World): void {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const client = pick(world.clients);
  if (!client) return;
  const target = pick(client.elements)?.id ?? 'e0';
  const actions = [
    () => client.draw(`e${Math.floor(random() * 12)}`, { isDeleted: false, x: Math.floor(random() * 100) }),
    () => client.draw(target, { strokeColor: `#${Math.floor(random() * 899 + 100)}` }),
    () => client.draw(target, { x: random() * 100, y: random() * 100 }),
    () => client.draw(target, { width: random() * 90 + 1, height: 3 }),
    () => client.draw(target, { isDeleted: true }),
    () => client.draw(target, { index: `a${Math.floor(random() * 9)}` }),
    () => client.draw(target, { locked: true }),
    () => void (random() < 0.5 ? client.underPen.add(target) : client.underPen.clear()),
    () => client.flush(),
    () => client.drop(target),
    () => void (world.now += random() < 0.2 ? 61_000 : 0),
    () => client.paint(),
    () => void world.decideOne(client),
    () => void world.deliverOne(client),
    () => void world.deliverOne(client),
  ];
  pick(actions)?.();
}

test.each(Array.from({ length: 40 }, (_, i) => i + 1))('three who edit at random agree in the end, seed %i', (seed) => {
  const random = seeded(seed);
  const world = createWorld(3);
  for (let step = 0; step < 400; step += 1) editAtRandom(random, world);
  for (const client of world.clients) client.underPen.clear();
  world.settle();
  expectAgreement(world);
  const orders = world.clients.map((client) =>
    client.elements.filter((element) => !element.isDeleted).map(({ id }) => id),
  );
  expect(new Set(orders.map((order) => order.join())).size).toBe(1);
});
