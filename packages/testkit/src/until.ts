/** Looks again and again, each 10 ms, until it holds; rejects after `patience` ms, saying what was waited for. */
export async function until(holds: () => boolean | Promise<boolean>, opts: { what: string; patience: number }) {
  const deadline = performance.now() + opts.patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within ${opts.patience} ms: ${opts.what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
