import { greatest, type JavaRequirement, type StatedVersion, versionNumber } from './levels';

/** A build script. */
export interface Script {
  /** Path for the report. */
  readonly name: string;
  readonly text: string;
}

/** Everything that values in build scripts can refer to. */
export interface GradleValues {
  readonly scripts: readonly Script[];
  /** Content of `gradle.properties`. */
  readonly properties: string;
  /** Versions of the catalog, by name. */
  readonly catalog: { readonly [name: string]: string };
}

/** The value of a setting: a version, a value that only the build knows, or the version of the Java that runs the build. */
type Value = number | 'untold' | 'current';

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const EXPRESSION = String.raw`([^\n;{}]+)`;
const TOOLCHAIN = [
  String.raw`\blanguageVersion\s*(?:=|\.set\s*\()\s*${EXPRESSION}`,
  String.raw`\bjvmToolchain\s*\(\s*([\w.]+)\s*\)`,
];
const RELEASE = [
  String.raw`\boptions\s*\.\s*release\s*(?:=|\.set\s*\()\s*${EXPRESSION}`,
  String.raw`\brelease\s*(?:=|\.set\s*\()\s*(\d+)`,
  String.raw`["']--release["']\s*,\s*(["']\d+["'])`,
];
const TARGET = [
  String.raw`\btargetCompatibility\s*(?:=|\.set\s*\(|\s|\()\s*${EXPRESSION}`,
  String.raw`\bjvmTarget\s*(?:=|\.set\s*\()\s*${EXPRESSION}`,
];
const SOURCE = [String.raw`\bsourceCompatibility\s*(?:=|\.set\s*\(|\s|\()\s*${EXPRESSION}`];
const SPRING_BOOT = /org\.springframework\.boot["']?\)?\s*(?:version\s*\(?\s*["']|:spring-boot-\w+:)(\d+)/;

/** Java versions in a project's build scripts, version catalog and `gradle.properties`. */
export function gradleRequirement(values: GradleValues): JavaRequirement {
  const scripts = values.scripts.map(({ name, text }) => ({ name, text: withoutComments(text) }));
  const own = { ...values, scripts };
  const untold: string[] = [];
  const said = (patterns: readonly string[], setting: string): StatedVersion | undefined =>
    greatest(
      scripts.flatMap(({ name, text }) =>
        patterns
          .flatMap((pattern) =>
            Array.from(text.matchAll(new RegExp(pattern, 'g')), ([, expression = '']) => expression),
          )
          .map((expression): StatedVersion | undefined => {
            const where = `${setting} in ${name}`;
            const value = versionOf(expression, own);
            if (value === 'untold') untold.push(where);
            return typeof value === 'number' ? { value, where } : undefined;
          }),
      ),
    );
  const toolchain = said(TOOLCHAIN, 'the toolchain');
  const compiled =
    said(RELEASE, 'options.release') ?? said(TARGET, 'targetCompatibility') ?? said(SOURCE, 'sourceCompatibility');
  const spring = scripts.find(({ text }) => Number(SPRING_BOOT.exec(text)?.[1] ?? 0) >= 3);
  const framework = spring === undefined ? undefined : { value: 17, where: `Spring Boot 3 or later in ${spring.name}` };
  const level = compiled === undefined && toolchain !== undefined ? undefined : greatest([compiled, framework]);
  return {
    ...(level !== undefined && { level }),
    ...(toolchain !== undefined && { toolchain }),
    ...(untold[0] !== undefined && { untold: untold[0] }),
  };
}

/** Removes comments from a script, but not from its strings. */
export function withoutComments(script: string): string {
  return script.replace(COMMENT_OR_STRING, (part) => (part.startsWith('/') ? ' ' : part));
}

/** The value of a Groovy or Kotlin expression, if it is literal or can be looked up. */
function versionOf(expression: string, values: GradleValues, depth = 0): Value {
  const word = unwrapped(expression);
  const literal =
    /^(?:JavaVersion\.VERSION_|JvmTarget\.JVM_)(1_)?(\d+)$/.exec(word)?.[2] ??
    /^["']?(?:1\.)?(\d+)["']?$/.exec(word)?.[1];
  if (literal !== undefined) return Number(literal);
  if (word.startsWith('JavaVersion.current') || /^(source|target)Compatibility$/.test(word)) return 'current';
  const catalogName = /^libs\.versions\.([\w.]+)$/.exec(word)?.[1];
  if (catalogName !== undefined) return numbered(values.catalog[plain(catalogName)]);
  const name =
    /(?:[pP]roperty|getProperty|gradleProperty)\s*\(\s*["']([\w.]+)["']/.exec(word)?.[1] ??
    /^["']?\$?\{?(?:[\w]+\.)*(\w+)\}?["']?$/.exec(word)?.[1];
  if (name === undefined || depth > 3) return 'untold';
  const property = new RegExp(`^\\s*${name.replace(/\./g, '\\.')}\\s*[=:]\\s*(\\S+)`, 'm').exec(values.properties)?.[1];
  if (property !== undefined) return numbered(property);
  for (const { text } of values.scripts) {
    const defined = new RegExp(`(?:\\b|["'])${name}["']?\\]?\\s*(?:=|,)\\s*([^\\n;{},]+)`).exec(text)?.[1];
    if (defined !== undefined) return versionOf(defined, values, depth + 1);
  }
  return 'untold';
}

/** Calls and suffixes that don't change the version number. */
const WRAPPED =
  /^(?:JavaLanguageVersion\.of|JavaVersion\.toVersion|Integer\.(?:parseInt|valueOf)|JvmTarget\.fromTarget)\s*\((.*)\)$/;
const TAIL = /(?:\.(?:get|toInteger|toInt|asInt|toString)\(\)|\.majorVersion|\s+as\s+\w+)$/;

function unwrapped(expression: string): string {
  let depth = 0;
  const end = Array.from(expression).findIndex((one) => {
    depth += one === '(' ? 1 : one === ')' ? -1 : 0;
    return depth < 0;
  });
  let word = (end < 0 ? expression : expression.slice(0, end)).trim();
  for (;;) {
    const next = word
      .replace(/^\w+\s*=(?!=)\s*/, '')
      .replace(WRAPPED, '$1')
      .replace(TAIL, '')
      .trim();
    if (next === word) return word;
    word = next;
  }
}

function numbered(text: string | undefined): Value {
  return (text === undefined ? undefined : versionNumber(text)) ?? 'untold';
}

/** The versions of a TOML catalog, by their accessor names in build scripts. */
export function catalogVersions(catalog: string): { [name: string]: string } {
  const [, section = ''] = /^\[versions\]\s*$([^[]*)/m.exec(catalog) ?? [];
  const lines = section.matchAll(/^\s*([\w.-]+)\s*=\s*["']([^"']+)["']/gm);
  return Object.fromEntries(Array.from(lines, ([, name = '', version]) => [plain(name), version ?? '']));
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '.');
}
