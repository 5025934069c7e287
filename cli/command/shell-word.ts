/** A word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  // A leading "=" is special in zsh.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
