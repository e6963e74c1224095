/**
 * Where the client's question "prove that it is you" waits for its dialog. At most one at a time; what the person answers
 * is told to whoever asked.
 */
type Answer = (isProved: boolean) => void;

let pending: Answer | null = null;
const listeners = new Set<() => void>();

function publish(next: Answer | null): void {
  pending = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog. True when the person has proved who they are. */
export function askForProof(): Promise<boolean> {
  stopAsking();
  return new Promise((resolve) => publish(resolve));
}

/** The dialog's answer; also closes it. */
export function answerProof(isProved: boolean): void {
  const answer = pending;
  publish(null);
  answer?.(isProved);
}

/** The question has no meaning any more, such as after the end of the session. */
export function stopAsking(): void {
  if (pending !== null) answerProof(false);
}

export function isAskingForProof(): boolean {
  return pending !== null;
}

export function subscribeToProof(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
