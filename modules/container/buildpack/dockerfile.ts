import { textEntry } from '../source-files';
import type { TarEntry } from '../tar';

/** Lines of a Dockerfile of this project; empty ones are left out. */
export function dockerfile(lines: readonly (string | undefined)[]): TarEntry {
  return textEntry('Dockerfile', `${lines.filter((line) => line !== undefined).join('\n')}\n`);
}

/** A command as a list of words, which no shell reads. */
export function words(list: readonly string[]): string {
  return JSON.stringify(list);
}

/** The files as the image's working folder gets them. */
export function inApp(files: readonly TarEntry[]): TarEntry[] {
  return files.map((file) => ({ ...file, path: `app/${file.path}` }));
}
