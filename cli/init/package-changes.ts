import { withMember, withValue } from './json-member';
import { type PackageFile, withoutMark } from './package-file';

/** What a project's package.json needs. */
export interface PackageNeeds {
  readonly name: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A package.json with what it lacked. */
export interface PackageChanges {
  readonly text: string;
  /** Scripts that were added. */
  readonly scripts: readonly string[];
  /** Packages that were added. */
  readonly packages: readonly string[];
  /** Scripts of these names that do something else, and were left. */
  readonly keptScripts: readonly string[];
}

/** What `npm init` writes as the script of tests: it stands for none. */
const NO_TESTS = /^echo "Error: no test specified" && exit 1$/;

/** A package.json for a project that has none. */
export function newPackage({ name, ...needs }: PackageNeeds): string {
  return `${JSON.stringify({ name, version: '0.1.0', private: true, ...needs }, undefined, 2)}\n`;
}

/** Adds to a package.json what it lacks. What is there stays as it is, its formatting and its order included. */
export function changedPackage(original: string, file: PackageFile, needs: PackageNeeds): PackageChanges {
  const json = withoutMark(original);
  const mark = original.slice(0, original.length - json.length);
  // What npm makes when it installs into an empty folder has nothing but packages.
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
