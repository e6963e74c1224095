/** Says what takes long: one line when it begins, a sign of life every 15 seconds, one line when it is done. */
import { performance } from 'node:perf_hooks';

/** @returns {() => string} the time since the call, for people: `8 s`, `2 min 5 s` */
export function stopwatch() {
  const start = performance.now();
  return () => {
    const seconds = Math.round((performance.now() - start) / 1_000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  };
}

/**
 * @template T
 * @param {string} label what is being done, as a person would say it: `Installing packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const elapsed = stopwatch();
  console.log(`${label} …`);
  const timer = setInterval(() => console.log(`  still at it after ${elapsed()}`), 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    console.log(`  took ${elapsed()}`);
  }
}
