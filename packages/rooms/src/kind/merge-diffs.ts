import { applyChange, applyProp, BrokenDiff } from './apply-change.ts';
import type { Diff, PropChange, RecordChange } from './diff.ts';

/** One diff with the effect of `a` and then `b`; never larger than both together. Neither argument is changed. */
export function mergeDiffs(a: Diff, b: Diff): Diff {
  const merged: { [collection: string]: Diff[string] } = { ...a };
  for (const [collection, changes] of Object.entries(b)) {
    const records: { [id: string]: RecordChange } = { ...merged[collection] };
    for (const [id, change] of Object.entries(changes)) records[id] = mergeChanges(records[id], change);
    merged[collection] = records;
  }
  return merged;
}

/** One change with the effect of `first` and then `second`. */
export function mergeChanges(first: RecordChange | undefined, second: RecordChange): RecordChange {
  if (first === undefined || second[0] !== 'patch') return second;
  switch (first[0]) {
    case 'del':
      throw new BrokenDiff('A patch follows the end of its record.');
    case 'put': {
      const record = applyChange(first[1], second);
      return record === undefined ? ['del'] : ['put', record];
    }
    case 'patch': {
      const props: { [key: string]: PropChange } = { ...first[1] };
      for (const [key, change] of Object.entries(second[1])) props[key] = mergeProps(props[key], change);
      return ['patch', props];
    }
  }
}

function mergeProps(first: PropChange | undefined, second: PropChange): PropChange {
  if (first === undefined || second[0] !== 'append') return second;
  switch (first[0]) {
    case 'unset':
      throw new BrokenDiff('An append follows the end of its property.');
    case 'set': {
      const value = applyProp(first[1], second);
      return value === undefined ? ['unset'] : ['set', value];
    }
    case 'append':
      return mergeAppends(first, second);
  }
}

type Append = Extract<PropChange, readonly ['append', ...unknown[]]>;

function mergeAppends([, value, offset]: Append, second: Append): PropChange {
  const [, added, keep] = second;
  if (keep <= offset) return second;
  const joined = applyProp(value, ['append', added, keep - offset]);
  if (typeof joined === 'string') return ['append', joined, offset];
  if (Array.isArray(joined)) return ['append', joined, offset];
  throw new BrokenDiff('Two appends do not fit each other.');
}
