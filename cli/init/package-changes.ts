import { withMember, withValue } from './json-member';
import { type PackageFile, withoutMark } from './package-file';

/** The scripts and packages that a project's package.json needs. */
export interface PackageNeeds {
  readonly name: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A package.json after the missing parts are added. */
export interface PackageChanges {
  readonly text: string;
  /** Scripts that were added. */
  readonly scripts: readonly string[];
  /** Packages that were added. */
  readonly packages: readonly string[];
  /** Existing scripts with these names that do something else. They are kept. */
  readonly keptScripts: readonly string[];
}

/** The test script that `npm init` writes, which counts as no test script. */
const NO_TESTS = /^echo "Error: no test specified" && exit 1$/;

/** The text of package.json for a project without one. */
export function newPackage({ name, ...needs }: PackageNeeds): string {
  return `${JSON.stringify({ name, version: '0.1.0', private: true, ...needs }, undefined, 2)}\n`;
}

/** Adds what is missing to a package.json. Everything else keeps its format and order. */
export function changedPackage(original: string, file: PackageFile, needs: PackageNeeds): PackageChanges {
  const json = withoutMark(original);
  const mark = original.slice(0, original.length - json.length);
  // `npm install` in an empty folder writes a package.json with packages only.
  const isBare = file.name === undefined;
  const isNoTest = (script: string) => NO_TESTS.test(file.scripts[script] ?? '');
  const scripts = Object.keys(needs.scripts).filter((name) => file.scripts[name] === undefined || isNoTest(name));
  const missing = (group: Readonly<Record<string, string>>) =>
    Object.keys(group).filter((name) => !Object.hasOwn(file.packages, name));
  const dependencies = missing(needs.dependencies);
  const devDependencies = missing(needs.devDependencies);

  let text = json;
  if (isBare && !file.members.includes('scripts')) text = withMember(text, [], 'scripts', {}, 'first');
  if (isBare && !file.members.includes('private')) text = withMember(text, [], 'private', true, 'first');
  if (isBare) text = withMember(text, [], 'name', needs.name, 'first');
  for (const name of scripts) {
    const add = isNoTest(name) ? withValue : withMember;
    text = add(text, ['scripts'], name, needs.scripts[name]);
  }
  for (const name of dependencies) {
    text = withMember(text, ['dependencies'], name, needs.dependencies[name], 'sorted');
  }
  for (const name of devDependencies) {
    text = withMember(text, ['devDependencies'], name, needs.devDependencies[name], 'sorted');
  }
  return {
    text: mark + text,
    scripts,
    packages: [...dependencies, ...devDependencies],
    keptScripts: Object.keys(needs.scripts).filter(
      (name) => !scripts.includes(name) && file.scripts[name] !== needs.scripts[name],
    ),
  };
}
