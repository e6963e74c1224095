/** One line of a CSV file (RFC 4180), with its end. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * What begins like a formula gets an apostrophe before it, or a spreadsheet would run what a stranger chose as a name
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
