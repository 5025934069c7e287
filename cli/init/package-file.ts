import { errorMessage } from '../../modules/problems/error-message';
import { refusal } from './refusal';

/** The groups of package.json that name packages. */
const DEPENDENCY_GROUPS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** The parts of package.json that matter for a new project. */
export interface PackageFile {
  readonly name?: string;
  readonly type?: string;
  /** Its keys. */
  readonly members: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  /** Every package that it lists, with the version range. */
  readonly packages: Readonly<Record<string, string>>;
  /** Whether it contains settings of Jest. */
  readonly hasJest: boolean;
}

/** The values that npm accepts in these objects. Members can be added only to such objects. */
type Group = Readonly<Record<string, unknown>> | undefined;

/**
 * Reads the text of a package.json.
 *
 * @throws UsageError if npm can't read it
 */
export function packageFile(text: string): PackageFile {
  const value = parsed(text);
  const group = (name: string): Group => {
    const found = value[name];
    if (found === undefined || isObject(found)) return found;
    throw refused(`"${name}" is not an object`);
  };
  const packages = Object.fromEntries(DEPENDENCY_GROUPS.flatMap((name) => Object.entries(group(name) ?? {})));
  return {
    name: stringOf(value.name),
    type: stringOf(value.type),
    members: Object.keys(value),
    scripts: strings(group('scripts')),
    packages: strings(packages),
    hasJest: value.jest !== undefined,
  };
}

/** Removes the byte order mark that some editors write. npm ignores it too. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(withoutMark(text));
  } catch (error) {
    throw refused(`it is not JSON: ${errorMessage(error).replace(/\s+/g, ' ')}`);
  }
  if (isObject(value)) return value;
  throw refused('it does not contain an object');
}

function refused(problem: string): Error {
  return refusal(`package.json cannot be added to: ${problem}. Correct it, or choose another folder.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(group: Group = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(group).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
