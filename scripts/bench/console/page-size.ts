import { gzipSync } from 'node:zlib';
import { readReleasedPage } from '../../../cli/console/server/page-bundle';
import type { Result } from './result';

/** What is sent before the largest screen can be shown. Files are sent compressed. */
export function measurePage(): readonly Result[] {
  const files = readReleasedPage();
  const scripts = [...files.keys()].filter((name) => name.endsWith('.js'));
  const whole = scripts.map((name) => needed(name, files)).map((names) => [...names, 'index.html', 'page.css']);
  const sizes = whole.map((names) => names.reduce((sum, name) => sum + gzipSync(files.get(name) ?? '').length, 0));
  return [
    {
      what: 'HTML, CSS and JavaScript of the largest screen',
      value: Math.max(...sizes) / 1024,
      unit: 'KB',
      budget: 80,
    },
  ];
}

/** The page's first file, a file, and what they import at once. */
function needed(name: string, files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set(['page.js', name]);
  for (const each of found) {
    const imports = (files.get(each) ?? '').matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g);
    for (const [, imported = ''] of imports) found.add(imported);
  }
  return found;
}
