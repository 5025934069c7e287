/** An import of a file in Python. */
export interface Import {
  /** Dotted, with leading dots if it is relative. */
  readonly module: string;
  /** Names that are taken of the module: they may be modules themselves. @default none */
  readonly names: readonly string[];
  /**
   * `sure` if it runs whenever the file does, `called` if it stands in a function, `guarded` if a condition or a `try` may let the program
   * go on without it.
   */
  readonly when: 'sure' | 'called' | 'guarded';
}

/** The imports of a file, without those that only its running shows, such as `importlib.import_module`. */
export function sourceImports(text: string): Import[] {
  const found: Import[] = [];
  const blocks: { readonly indent: number; readonly when: Import['when'] }[] = [];
  for (const line of logicalLines(withoutStrings(text))) {
    const indent = line.length - line.trimStart().length;
    while ((blocks.at(-1)?.indent ?? -1) >= indent) blocks.pop();
    const code = line.trim();
    const whens = blocks.map(({ when }) => when);
    const when = whens.includes('guarded') ? 'guarded' : whens.includes('called') ? 'called' : 'sure';
    const opened = blockOf(code);
    if (opened !== undefined) blocks.push({ indent, when: opened });
    const inline = opened === undefined ? code : code.replace(/^[^:]*:/, '');
    for (const statement of inline.split(';'))
      found.push(...imports(statement.trim(), opened === undefined ? when : 'guarded'));
  }
  return found;
}

/** What a line means for the block that it begins; undefined if it begins none. */
function blockOf(code: string): Import['when'] | undefined {
  if (/^if\s+__name__\s*==/.test(code) || /^class\b/.test(code)) return 'sure';
  if (/^(async\s+)?def\b/.test(code)) return 'called';
  if (/^(async\s+)?with\b/.test(code)) return /suppress/.test(code) ? 'guarded' : 'sure';
  return /^(if|elif|else|try|except|finally|while|for|match|case|async\s+for)\b.*:/.test(code) ? 'guarded' : undefined;
}

function imports(statement: string, when: Import['when']): Import[] {
  const [, from, list] = /^from\s+(\.*[\w.]*)\s+import\s+\(?([^)]*)\)?$/.exec(statement) ?? [];
  if (from !== undefined) {
    const names = (list ?? '').split(',').map((name) => name.trim().replace(/\s+as\s.*$/, ''));
    return [{ module: from, names: names.filter((name) => /^\w+$/.test(name)), when }];
  }
  const [, modules] = /^import\s+(.+)$/.exec(statement) ?? [];
  const named = (modules ?? '').split(',').map((module) => module.trim().replace(/\s+as\s.*$/, ''));
  return named.filter((module) => /^[\w.]+$/.test(module)).map((module) => ({ module, names: [], when }));
}

const STRING =
  /('''|""")(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?|#[^\n]*/g;

/** The code alone: comments are left out, and strings are empty ones. */
function withoutStrings(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(STRING, (match) => (match.startsWith('#') ? '' : "''"));
}

/** Lines, each with those that it goes on in: after a backslash, and in brackets. */
function logicalLines(code: string): string[] {
  const lines: string[] = [];
  let open = '';
  let depth = 0;
  for (const line of code.replace(/\\\n/g, ' ').split('\n')) {
    open = open === '' ? line : `${open} ${line.trim()}`;
    depth += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
    if (depth > 0) continue;
    if (open.trim() !== '') lines.push(open.replace(/\t/g, '        '));
    open = '';
    depth = 0;
  }
  return open.trim() === '' ? lines : [...lines, open];
}
