/** The text with a space for each character that documents cannot have: control characters and halves of characters. */
export function printable(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');
}
