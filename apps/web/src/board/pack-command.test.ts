import { type BoardElement, checkElement } from '@atrium/kinds/board';
import { expect, test } from 'vitest';
import { expectAgreement, pair } from './board-sync-world.ts';
import { maxBytes, maxOps, packCommand } from './pack-command.ts';

function element(props: object): BoardElement {
  const checked = checkElement({ type: 'rectangle', x: 0, y: 0, width: 10, height: 10, ...props });
  if (!checked.ok) throw new Error(checked.sentence);
  return checked.element;
}

const nothing = () => undefined;
const byId = (elements: readonly BoardElement[]) => new Map(elements.map((each) => [each.id, each]));
const longText = (id: string) => element({ id, type: 'text', text: 'k'.repeat(9_000) });

test('a command takes so many operations and so many bytes, and at least one element', () => {
  const many = byId(Array.from({ length: maxOps + 5 }, (_, i) => element({ id: `r${i}` })));
  const large = byId(Array.from({ length: 20 }, (_, i) => longText(`t${i}`)));
  const bytes = (wanted: ReadonlyMap<string, BoardElement>) =>
    JSON.stringify([...packCommand(wanted, nothing).values()].map(({ ops }) => ops)).length;
  expect(packCommand(many, nothing).size).toBeLessThanOrEqual(maxOps);
  expect(bytes(large)).toBeLessThan(maxBytes * 1.01);
  expect(packCommand(byId([longText('t')]), nothing).size).toBe(1);
});

test('nothing in it refers to what did not fit', () => {
  const frame = element({ id: 'f', type: 'frame', name: null });
  const child = element({ id: 'c', frameId: 'f' });
  const between = Array.from({ length: 14 }, (_, i) => longText(`t${i}`));
  expect(packCommand(byId([child, frame]), nothing).get('c')?.after).toMatchObject({ frameId: 'f' });
  const packed = packCommand(byId([child, ...between, frame]), nothing);
  expect(packed.has('f')).toBe(packed.get('c')?.after?.frameId === 'f');
  const full = packCommand(
    byId([child, ...Array.from({ length: maxOps }, (_, i) => element({ id: `r${i}` })), frame]),
    nothing,
  );
  expect(full.has('f')).toBe(false);
  expect(full.get('c')?.after).toMatchObject({ frameId: null });
});

test('nothing in it refers to what it removes', () => {
  const frame = element({ id: 'f', type: 'frame', name: null });
  const child = element({ id: 'c', frameId: 'f', opacity: 5 });
  const packed = packCommand(
    new Map([
      ['c', child],
      ['f', null],
    ]),
    (id) => (id === 'f' ? frame : undefined),
  );
  expect(packed.get('f')?.ops).toEqual([{ op: 'remove', ids: ['f'] }]);
  expect(packed.get('c')?.after).toMatchObject({ frameId: null });
});

test('a large change leaves in several commands that the server takes', () => {
  const { world, a } = pair();
  for (let i = 0; i < 1_000; i += 1) a.draw(`r${i}`, { index: `b${String(i).padStart(2, '0')}` });
  a.flush();
  expect(a.outbox.length).toBeGreaterThan(1);
  for (const command of a.outbox) expect(command.ops.length).toBeLessThanOrEqual(500);
  world.settle();
  expect(world.state.size('element')).toBe(1_000);
  expectAgreement(world);
});
