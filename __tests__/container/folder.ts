import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];

/** A temporary folder with files: a text, or for a symbolic link `-> target`. Ends in `*`: executable. */
export function folder(files: { readonly [path: string]: string }): string {
  const root = mkdtempSync(join(tmpdir(), 'context-'));
  made.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name.replace(/\*$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), path);
    else writeFileSync(path, content);
    if (name.endsWith('*')) chmodSync(path, 0o755);
  }
  return root;
}

/** Deletes the folders that were made. */
export function removeFolders(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}
