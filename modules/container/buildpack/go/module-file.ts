/** The content of a `go.mod` or `go.work`. */
export interface GoFile {
  /** Module path. */
  readonly module?: string;
  /** Minimum version of Go. */
  readonly go?: string;
  /** Suggested toolchain version, without the prefix `go`. */
  readonly toolchain?: string;
  /** Paths of the required modules. */
  readonly requires: readonly string[];
  /** Replaced modules, with the replacing module or folder. */
  readonly replaces: readonly { readonly module: string; readonly target: string }[];
  /** Folders of the workspace. */
  readonly uses: readonly string[];
}

/**
 * Reads a `go.mod` or `go.work`. Ignores mistakes: Go reports them with the line.
 *
 * @see https://go.dev/ref/mod#go-mod-file
 */
export function goFile(text: string): GoFile {
  const lines = directives(text);
  const values = (name: string) => lines.filter(([directive]) => directive === name).map(([, ...words]) => words);
  const [module, go, toolchain] = ['module', 'go', 'toolchain'].map((name) => values(name)[0]?.[0]);
  return {
    ...(module !== undefined && { module }),
    ...(go !== undefined && { go }),
    ...(toolchain?.startsWith('go') && { toolchain: toolchain.slice(2) }),
    requires: values('require').map(([path = '']) => path),
    replaces: values('replace').map((words) => ({
      module: words[0] ?? '',
      target: words[words.indexOf('=>') + 1] ?? '',
    })),
    uses: values('use').map(([path = '']) => path),
  };
}

/** The lines as words. Lines in a block get the block's name as the first word. */
function directives(text: string): string[][] {
  let block: string | undefined;
  const found: string[][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const words = Array.from(line.matchAll(/\/\/.*|"([^"]*)"|`([^`]*)`|[()]|=>|[^\s()"`]+/g))
      .filter(([word]) => !word.startsWith('//'))
      .map(([word, quoted, raw]) => quoted ?? raw ?? word);
    const [first, second] = words;
    if (first === undefined) continue;
    if (block === undefined && second === '(') block = first;
    else if (first === ')') block = undefined;
    else found.push(block === undefined ? words : [block, ...words]);
  }
  return found;
}
