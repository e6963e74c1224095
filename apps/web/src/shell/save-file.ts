/** Lets the browser keep the file under this name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by then; the file itself lives as long as its download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "12 kB", "3.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "2026-11-26", for the name of a file. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
