/** An import in a Python file. */
export interface Import {
  /** Dotted name, with leading dots if it is relative. */
  readonly module: string;
  /** Imported names of the module, which can be modules as well. @default none */
  readonly names: readonly string[];
  /**
   * `sure` if it always runs with the file, `called` if it is in a function, `guarded` if the program can continue without it because of a
   * condition or a `try`.
   */
  readonly when: 'sure' | 'called' | 'guarded';
}

/** The imports of a file, without dynamic ones such as `importlib.import_module`. */
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

/** The kind of block that a line starts. Undefined if it starts none. */
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

/** The code without comments, and with empty strings. */
function withoutStrings(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(STRING, (match) => (match.startsWith('#') ? '' : "''"));
}

/** Logical lines: joins lines after a backslash and within brackets. */
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
