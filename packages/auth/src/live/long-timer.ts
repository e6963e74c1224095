/** Node's timers hold 31 bits: a longer delay would fire at once. */
const longest = 2 ** 31 - 1;

/** Calls `run` after `delay` ms, however long that is; the returned function stops it. Does not keep the process alive. */
export function startTimer(delay: number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    timer = setTimeout(() => (left > longest ? wait(left - longest) : run()), Math.min(left, longest));
    timer.unref();
  };
  wait(Math.max(0, delay));
  return () => clearTimeout(timer);
}
