/** What a `go.mod` or `go.work` says. */
export interface GoFile {
  /** Path that others import it by. */
  readonly module?: string;
  /** Least version of Go. */
  readonly go?: string;
  /** Version of Go that is suggested, without `go` before it. */
  readonly toolchain?: string;
  /** Paths of the modules that are required. */
  readonly requires: readonly string[];
  /** Modules replaced by another one or, if the target is a path, by a folder. */
  readonly replaces: readonly { readonly module: string; readonly target: string }[];
  /** Folders of a workspace. */
  readonly uses: readonly string[];
}

/**
 * Reads a `go.mod` or `go.work`. What is wrong in it is left to Go, which names the line.
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

/** The lines as words, those of a block each with the block's name before it. */
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
