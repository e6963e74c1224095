import { expect, test } from 'vitest';
import { checkElement } from '../board/check.ts';
import { hatchWork } from '../board/hatch.ts';
import { extremeElements } from './extreme-element.ts';

test.each([1, 2, 3])('seed %i goes to the edge of every bound', (seed) => {
  const elements = extremeElements(seed);
  const most = (read: (element: { readonly [key: string]: unknown }) => unknown) =>
    Math.max(...elements.map((element) => Number(read(element) ?? 0)));
  const count = (value: unknown) => (Array.isArray(value) || typeof value === 'string' ? value.length : 0);
  expect(most(({ width }) => width)).toBe(50_000);
  expect(most(({ type, points }) => (type === 'freedraw' ? count(points) : 0))).toBe(5_000);
  expect(most(({ type, points }) => (type === 'line' ? count(points) : 0))).toBe(1_000);
  expect(most(({ pressures }) => count(pressures))).toBe(5_000);
  expect(most(({ text }) => count(text))).toBe(10_000);
  expect(most(({ name }) => count(name))).toBe(200);
  expect(most(({ link }) => count(link))).toBe(2_048);
  expect(most(({ groupIds }) => count(groupIds))).toBe(16);
  expect(most(({ boundElements }) => count(boundElements))).toBe(200);
  expect(most(({ fixedSegments }) => count(fixedSegments))).toBe(100);
  const hatched = elements.flatMap((element) => {
    const checked = checkElement(element);
    return checked.ok ? [hatchWork(checked.element)] : [];
  });
  expect(hatched.filter((work) => work > 45_000).length).toBeGreaterThan(3);
  expect(elements.filter(({ width, height }) => width === 0 || height === 0).length).toBeGreaterThan(5);
});

test('the same seed gives the same elements', () => {
  expect(JSON.stringify(extremeElements(7))).toBe(JSON.stringify(extremeElements(7)));
  expect(JSON.stringify(extremeElements(7))).not.toBe(JSON.stringify(extremeElements(8)));
});
