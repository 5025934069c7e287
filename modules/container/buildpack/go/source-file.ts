/** The head of a Go file, and whether it has a main function. */
export interface GoSource {
  /** Package name. Undefined if there is none. */
  readonly packageName: string | undefined;
  readonly imports: readonly string[];
  /** Patterns in `//go:embed`. */
  readonly embeds: readonly string[];
  readonly hasMain: boolean;
  /** Expression in `//go:build`. @default the file is always compiled */
  readonly constraint: string | undefined;
}

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'/g;

/** Reads the parts of a Go file that affect the build. */
export function goSource(text: string): GoSource {
  const code = text.replace(COMMENT_OR_STRING, (part) => (part.startsWith('/') ? ' ' : part));
  const [head = ''] = code.split(/^(?:func|type|var|const)\b/m);
  const groups = Array.from(head.matchAll(/^\s*import\s*(\([^)]*\)|.*)/gm), ([, group = '']) => group);
  return {
    packageName: /^\s*package\s+([\p{L}_][\p{L}\p{N}_]*)/mu.exec(head)?.[1],
    imports: groups.flatMap((group) => Array.from(group.matchAll(/["`]([^"`]+)["`]/g), ([, path = '']) => path)),
    embeds: Array.from(text.matchAll(/^\/\/go:embed[ \t]+(.*)$/gm), ([, patterns = '']) => patterns).flatMap(
      (patterns) =>
        Array.from(
          patterns.matchAll(/"([^"]*)"|`([^`]*)`|(\S+)/g),
          ([, quoted, raw, word = '']) => quoted ?? raw ?? word,
        ),
    ),
    hasMain: /^func\s+main\s*\(\s*\)/m.test(code.replace(/`[^`]*`/g, '``')),
    constraint: /^\/\/go:build[ \t]+(.*)$/m.exec(text.split(/^package\b/m)[0] ?? '')?.[1],
  };
}

/** Build tags that are true in our images, in addition to those of Go's releases. */
const TAGS: readonly string[] = ['linux', 'unix', 'gc', 'cgo'];
const SYSTEMS =
  /^(aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos)$/;
const ARCHITECTURES =
  /^(386|amd64|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le|riscv64|s390x|sparc64|wasm)$/;

/** Go's names of the architectures. */
export type GoArchitecture = 'amd64' | 'arm64';

/**
 * Whether a file is part of its package in our images. A file that needs C is, so that it can be reported.
 *
 * @see https://pkg.go.dev/cmd/go#hdr-Build_constraints
 */
export function counts(
  name: string,
  { constraint }: Pick<GoSource, 'constraint'>,
  architecture: GoArchitecture,
): boolean {
  const words = name.replace(/\.go$/, '').split('_').slice(1).slice(-2);
  const last = words.at(-1) ?? '';
  const system = ARCHITECTURES.test(last) ? words.at(-2) : last;
  if (ARCHITECTURES.test(last) && last !== architecture) return false;
  if (system !== undefined && SYSTEMS.test(system) && system !== 'linux') return false;
  return constraint === undefined || holds(constraint, architecture);
}

/** Evaluates a build constraint: tags, `!`, `&&`, `||` and parentheses. */
function holds(constraint: string, architecture: GoArchitecture): boolean {
  const words = constraint.match(/&&|\|\||[!()]|[^\s!()&|]+/g) ?? [];
  const isSet = (tag: string) => TAGS.includes(tag) || tag === architecture || /^go1\.\d+$/.test(tag);
  const one = (): boolean => {
    const word = words.shift();
    if (word === '!') return !one();
    if (word !== '(') return isSet(word ?? '');
    const inner = any();
    words.shift();
    return inner;
  };
  const all = (): boolean => {
    let value = one();
    while (words[0] === '&&') {
      words.shift();
      // Not a shortcut: the right side must be parsed to reach what follows.
      const next = one();
      value &&= next;
    }
    return value;
  };
  const any = (): boolean => {
    let value = all();
    while (words[0] === '||') {
      words.shift();
      const next = all();
      value ||= next;
    }
    return value;
  };
  return any();
}
