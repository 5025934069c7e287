/** Size of a file that the page opens, in bytes. */
export const MAX_FILE_BYTES = 8_000_000;

/**
 * The text of a file that a person gave. UTF-16 is what PowerShell's `>` writes.
 *
 * @throws Error if it is neither UTF-8 nor UTF-16
 */
export function fileText(bytes: Uint8Array, name: string): string {
  const [first = 1, second = 1] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  try {
    // It also removes the byte order mark.
    return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is not UTF-8. Save it as UTF-8.`);
  }
}
