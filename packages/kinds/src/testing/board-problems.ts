/**
 * What must be true of every board at every moment, written a second time and by hand: this file shares no code with
 * the board, so that a mistake in a schema is not repeated here.
 */

type Loose = { readonly [key: string]: unknown };

/** `{ [collection]: { [id]: record } }`, as a snapshot carries it. Answers a sentence for each thing that is wrong. */
export function boardProblems(state: { readonly [collection: string]: { readonly [id: string]: unknown } }): string[] {
  const problems: string[] = [];
  for (const collection of Object.keys(state)) {
    if (!['element', 'meta', 'tombstone'].includes(collection)) problems.push(`there is a collection ${collection}`);
  }
  const elements = new Map<string, Loose>();
  for (const [id, record] of Object.entries(state.element ?? {})) {
    if (isRecord(record)) elements.set(id, record);
    else problems.push(`${id} is no object`);
  }
  for (const [id, element] of elements) {
    for (const problem of elementProblems(id, element)) problems.push(`${id} (${String(element.type)}): ${problem}`);
    for (const problem of referenceProblems(id, element, elements)) problems.push(`${id}: ${problem}`);
  }
  problems.push(...roomProblems(elements, state));
  return problems;
}

function roomProblems(elements: ReadonlyMap<string, Loose>, state: Loose): string[] {
  const problems: string[] = [];
  if (elements.size > 5_000) problems.push('more than 5000 elements');
  if (JSON.stringify(Object.fromEntries(elements)).length > 8 * 1024 * 1024) problems.push('more than 8 MB');
  const keys = [...elements.values()].map((element) => element.index);
  if (new Set(keys).size < keys.length) problems.push('two elements have the same index');
  const meta = isRecord(state.meta) ? state.meta : {};
  for (const [id, record] of Object.entries(meta)) {
    if (id !== 'board' || !isRecord(record) || !isColour(record.background)) problems.push(`meta ${id} is malformed`);
  }
  return problems;
}

const everywhere = [
  'id type x y width height angle strokeColor backgroundColor fillStyle strokeWidth strokeStyle roughness opacity',
  'roundness seed index isDeleted groupIds frameId boundElements link locked',
].flatMap((line) => line.split(' '));
const lineKeys = 'points lastCommittedPoint startBinding endBinding startArrowhead endArrowhead'.split(' ');
const ownKeys: { readonly [type: string]: readonly string[] } = {
  rectangle: [],
  diamond: [],
  ellipse: [],
  frame: ['name'],
  line: lineKeys,
  arrow: [...lineKeys, 'elbowed', 'fixedSegments', 'startIsSpecial', 'endIsSpecial'],
  freedraw: ['points', 'pressures', 'simulatePressure', 'lastCommittedPoint'],
  text: 'text originalText fontSize fontFamily textAlign verticalAlign containerId autoResize lineHeight'.split(' '),
};

function elementProblems(id: string, element: Loose): string[] {
  const type = String(element.type);
  const own = Object.hasOwn(ownKeys, type) ? ownKeys[type] : undefined;
  if (own === undefined) return ['the type is not allowed'];
  const problems: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  demand(Object.keys(element).toSorted().join() === [...everywhere, ...own].toSorted().join(), 'its keys are wrong');
  demand(isId(id) && element.id === id, 'the id is wrong');
  demandCommon(element, demand);
  if (type === 'text') demandText(element, demand);
  if (type === 'frame') demand(element.name === null || isText(element.name, 0, 200), 'the name is wrong');
  if (type === 'freedraw') demandStroke(element, demand);
  if (type === 'line' || type === 'arrow') demandLine(element, demand);
  if (type === 'arrow') demandArrow(element, demand);
  return problems;
}

type Demand = (holds: boolean, what: string) => void;

function demandCommon(element: Loose, demand: Demand): void {
  const { width, height, backgroundColor, fillStyle } = element;
  for (const key of ['x', 'y']) demand(isWithin(element[key], -1_000_000, 1_000_000), `${key} is out of bounds`);
  const isPlain = fillStyle === 'solid' || backgroundColor === 'transparent';
  for (const side of [width, height]) demand(isWithin(side, 0, isPlain ? 50_000 : 10_000), 'the size is out of bounds');
  for (const key of ['x', 'y', 'width', 'height']) demand(hasDecimals(element[key], 2), `${key} is not rounded`);
  demand(isWithin(element.angle, -7, 7) && hasDecimals(element.angle, 4), 'the angle is wrong');
  demand(isWithin(element.strokeWidth, 1, 32), 'strokeWidth is out of bounds');
  demand(isWithin(element.roughness, 0, 2), 'roughness is out of bounds');
  demand(isWithin(element.opacity, 0, 100), 'opacity is out of bounds');
  demand(isWithin(element.seed, 0, 2 ** 32) && Number.isInteger(element.seed), 'the seed is wrong');
  demand(isColour(element.strokeColor) && isColour(backgroundColor), 'a colour is wrong');
  demand(isOneOf(fillStyle, 'solid hachure cross-hatch zigzag'), 'fillStyle is wrong');
  demand(isOneOf(element.strokeStyle, 'solid dashed dotted'), 'strokeStyle is wrong');
  demand(isRoundness(element.roundness), 'roundness is wrong');
  demand(isOrderKey(element.index), 'the index is malformed');
  demand(element.isDeleted === false && typeof element.locked === 'boolean', 'isDeleted or locked is wrong');
  demand(isListOf(element.groupIds, 16, isId), 'groupIds is wrong');
  demand(element.frameId === null || isId(element.frameId), 'frameId is wrong');
  demand(isListOf(element.boundElements, 200, isBound), 'boundElements is wrong');
  demand(element.link === null || isLink(element.link), 'the link is dangerous');
}

function demandText(element: Loose, demand: Demand): void {
  demand(isText(element.text, 1, 10_000) && isText(element.originalText, 1, 10_000), 'the text is wrong');
  demand(isWithin(element.fontSize, 4, 400), 'fontSize is out of bounds');
  demand(isWithin(element.lineHeight, 0.5, 5), 'lineHeight is out of bounds');
  demand(
    [1, 2, 3, 5, 6, 7, 8, 9].some((font) => font === element.fontFamily),
    'fontFamily is wrong',
  );
  demand(isOneOf(element.textAlign, 'left center right'), 'textAlign is wrong');
  demand(isOneOf(element.verticalAlign, 'top middle bottom'), 'verticalAlign is wrong');
  demand(element.containerId === null || isId(element.containerId), 'containerId is wrong');
  demand(typeof element.autoResize === 'boolean', 'autoResize is wrong');
}

function demandStroke(element: Loose, demand: Demand): void {
  const { points, pressures } = element;
  demand(isListOf(points, 5_000, isPoint) && points.length > 0, 'points are wrong');
  demand(
    isListOf(pressures, 5_000, (value) => isWithin(value, 0, 1)),
    'pressures are wrong',
  );
  const counts = [points, pressures].map((list) => (Array.isArray(list) ? list.length : -1));
  demand(counts[1] === 0 || counts[1] === counts[0], 'not one pressure for each point');
  demand(typeof element.simulatePressure === 'boolean', 'simulatePressure is wrong');
  demandSize(element, demand);
  demandBearableFill(element, demand);
}

function demandLine(element: Loose, demand: Demand): void {
  demand(isListOf(element.points, 1_000, isPoint) && element.points.length > 1, 'points are wrong');
  const heads = [
    'arrow bar dot circle circle_outline triangle triangle_outline diamond diamond_outline',
    'crowfoot_one crowfoot_many crowfoot_one_or_many',
  ].join(' ');
  for (const head of [element.startArrowhead, element.endArrowhead]) {
    demand(head === null || isOneOf(head, heads), 'an arrowhead is wrong');
  }
  for (const binding of [element.startBinding, element.endBinding]) {
    demand(binding === null || isBinding(binding, element.elbowed === true), 'a binding is wrong');
  }
  demandSize(element, demand);
  demandBearableFill(element, demand);
}

function demandArrow(element: Loose, demand: Demand): void {
  const { elbowed, fixedSegments, startIsSpecial, endIsSpecial } = element;
  const count = Array.isArray(element.points) ? element.points.length : 0;
  demand(typeof elbowed === 'boolean', 'elbowed is wrong');
  for (const flag of [startIsSpecial, endIsSpecial])
    demand(flag === null || typeof flag === 'boolean', 'a flag is wrong');
  const isSegment = (value: unknown) =>
    isRecord(value) && isPoint(value.start) && isPoint(value.end) && isWithin(value.index, 0, count - 1);
  demand(fixedSegments === null || (elbowed === true && isListOf(fixedSegments, 100, isSegment)), 'segments are wrong');
}

/** A size that the points do not have would let a huge hatched shape in under a small number. */
function demandSize({ points, width, height }: Loose, demand: Demand): void {
  if (!Array.isArray(points) || !points.every(isPoint)) return;
  const span = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  demand(
    Math.abs(span(0) - Number(width)) < 0.01 && Math.abs(span(1) - Number(height)) < 0.01,
    'the size is not its own',
  );
}

/** A fill of strokes inside a long outline stops the page of everybody. */
function demandBearableFill({ type, points, fillStyle, backgroundColor, strokeWidth }: Loose, demand: Demand): void {
  if (type === 'arrow' || fillStyle === 'solid' || backgroundColor === 'transparent') return;
  if (!Array.isArray(points) || !points.every(isPoint)) return;
  const steps = points.map(([x, y], at) =>
    Math.hypot(x - (points[at - 1] ?? [x])[0], y - (points[at - 1] ?? [0, y])[1]),
  );
  const [first = [0, 0], last = [99, 99]] = [points[0], points.at(-1)];
  if (points.length < 3 || Math.hypot(last[0] - first[0], last[1] - first[1]) > 8) return;
  const crossings = steps.reduce((sum, step) => sum + step, 0) / 4 / Number(strokeWidth);
  demand(crossings < 50_000 && (type === 'line' || points.length < 1_000), 'the fill takes too long to draw');
}

function referenceProblems(id: string, element: Loose, elements: ReadonlyMap<string, Loose>): string[] {
  const problems: string[] = [];
  const demand = (target: unknown, types: string, key: string) => {
    const type = typeof target === 'string' && target !== id ? elements.get(target)?.type : undefined;
    if (!isOneOf(type, types)) problems.push(`${key} points at nothing`);
  };
  if (element.frameId !== null) demand(element.frameId, 'frame', 'frameId');
  if (element.frameId !== null && element.type === 'frame') problems.push('a frame is in a frame');
  for (const binding of [element.startBinding, element.endBinding]) {
    if (!isRecord(binding)) continue;
    demand(binding.elementId, bindable, 'a binding');
    const target = elements.get(String(binding.elementId));
    if (target?.type === 'text' && target.containerId !== null) problems.push('a binding points at a label');
  }
  if (typeof element.containerId === 'string') demand(element.containerId, containers, 'containerId');
  const bound: readonly unknown[] = Array.isArray(element.boundElements) ? element.boundElements : [];
  for (const one of bound) if (isRecord(one)) demand(one.id, String(one.type), 'boundElements');
  if (new Set(bound.map((one) => isRecord(one) && one.id)).size < bound.length) problems.push('bound twice');
  return problems;
}

const bindable = 'rectangle diamond ellipse text frame';
const containers = 'rectangle diamond ellipse arrow';

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max && !Object.is(value, -0);
}

function hasDecimals(value: unknown, count: number): boolean {
  return typeof value === 'number' && Number(value.toFixed(count)) === value;
}

function isOneOf(value: unknown, names: string): boolean {
  return typeof value === 'string' && names.split(' ').includes(value);
}

function isId(value: unknown): boolean {
  if (typeof value !== 'string' || value.length === 0 || value.length > 40) return false;
  const isReserved = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'].includes(value);
  return !isReserved && value.split('').every((letter) => /[\w-]/.test(letter));
}

function isColour(value: unknown): boolean {
  return typeof value === 'string' && /^(?:[a-zA-Z]{3,24}|#(?:[0-9a-fA-F]{3,4}){1,2})$/.test(value);
}

function isText(value: unknown, min: number, max: number): boolean {
  if (typeof value !== 'string' || value.length < min || value.length > max) return false;
  for (const letter of value) {
    const code = letter.codePointAt(0) ?? 0;
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

function isLink(value: unknown): boolean {
  if (!isText(value, 1, 2_048) || !URL.canParse(String(value))) return false;
  return ['http:', 'https:', 'mailto:'].includes(new URL(String(value)).protocol) && !/[\s"'<>]/.test(String(value));
}

function isPoint(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => isWithin(part, -50_000, 50_000));
}

function isListOf(value: unknown, max: number, isItem: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.length <= max && value.every(isItem);
}

function isBound(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 2 && isId(value.id) && isOneOf(value.type, 'arrow text');
}

function isBinding(value: unknown, isElbow: boolean): boolean {
  if (!isRecord(value) || !isId(value.elementId)) return false;
  if (!isWithin(value.focus, -1e6, 1e6) || !isWithin(value.gap, 0, 50_000)) return false;
  return isElbow ? Array.isArray(value.fixedPoint) : !('fixedPoint' in value);
}

function isRoundness(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value) || ![1, 2, 3].some((type) => type === value.type)) return false;
  return value.value === undefined || isWithin(value.value, 0, 50_000);
}

/** A z-order key: a letter that tells how many digits follow, those digits, and a fraction that does not end in 0. */
function isOrderKey(value: unknown): boolean {
  const [, head = '', digits = ''] = /^([A-Za-z])([0-9A-Za-z]*)$/.exec(String(value)) ?? [];
  const count = head >= 'a' ? head.charCodeAt(0) - 96 : 91 - head.charCodeAt(0);
  const fraction = digits.slice(count);
  return isText(value, 2, 64) && head !== '' && digits.length >= count && !fraction.endsWith('0');
}
