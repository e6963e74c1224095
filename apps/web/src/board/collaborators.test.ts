import { expect, test } from 'vitest';
import { collaboratorsOf } from './collaborators.ts';

const meta = { cursor: { x: 1, y: 2 }, tool: 'pointer', button: 'up', selection: ['r'] };

test('a cursor per tab, all of one person under one id', () => {
  const people = [
    {
      userId: 'ann',
      name: 'Ann',
      connections: [
        { id: 't1', meta },
        { id: 't2', meta },
      ],
    },
  ];
  const shown = [...collaboratorsOf(people, 'me').values()];
  expect(shown.map(({ id }) => id)).toEqual(['ann', 'ann']);
  expect(shown[0]).toMatchObject({
    username: 'Ann',
    pointer: { x: 1, y: 2, tool: 'pointer' },
    selectedElementIds: { r: true },
  });
});

test('oneself is not shown, in whatever tab', () => {
  expect(collaboratorsOf([{ userId: 'me', name: 'Me', connections: [{ id: 't', meta }] }], 'me').size).toBe(0);
});

test('a pointer off the canvas and a tab that said nothing have no cursor', () => {
  const connections = [
    { id: 'off', meta: { ...meta, cursor: null } },
    { id: 'new', meta: null },
  ];
  const shown = [...collaboratorsOf([{ userId: 'ann', name: 'Ann', connections }], null).values()];
  expect(shown).toHaveLength(2);
  for (const each of shown) expect(each.pointer).toBeUndefined();
});
