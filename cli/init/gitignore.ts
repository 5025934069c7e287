/** Files that do not belong in a project's repository: output, installed packages, Terraform state and secrets. */
const PATTERNS = ['node_modules/', 'cdktf.out/', '.terraform/', '*.tfstate', '*.tfstate.*', '.env', '__pycache__/'];

/** The new text of a .gitignore. Undefined if the existing one has every pattern. */
export function gitignore(original = ''): { readonly text: string; readonly added: readonly string[] } | undefined {
  const present = new Set(original.split(/\r?\n/).map(pattern));
  const added = PATTERNS.filter((line) => !present.has(pattern(line)));
  if (added.length === 0) return undefined;
  const lineEnd = original.includes('\r\n') ? '\r\n' : '\n';
  const break_ = original === '' || /\n$/.test(original) ? '' : lineEnd;
  return { text: `${original}${break_}${added.map((line) => line + lineEnd).join('')}`, added };
}

/** Patterns that mean the same in the root of a repository: `/dist`, `dist/`, `dist`. */
function pattern(line: string): string {
  return line.trim().replace(/^\//, '').replace(/\/$/, '');
}
