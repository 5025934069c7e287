import { basename } from 'node:path';
import { elementsAt, textAt, type XmlElement } from '../xml';
import { greatest, type JavaRequirement, type StatedVersion, versionNumber } from './levels';
import type { MavenProject } from './maven-project';
import { interpolated, lineage, type Pom, property } from './pom';

/** Java versions of the projects: the entry file's, and those in the build that it depends on. */
export function mavenRequirement({ line, all }: Pick<MavenProject, 'line' | 'all'>): JavaRequirement {
  const needed = [...line.slice(0, 1)];
  for (const pom of needed) {
    const names = elementsAt(pom.root, 'dependencies', 'dependency').map((one) => textAt(one, 'artifactId'));
    needed.push(...all.filter((one) => names.includes(one.artifactId) && !needed.includes(one)));
  }
  const said = needed.map((pom) => levelOf(lineage(pom)));
  const level = greatest(said.map((one) => one.level));
  const untold = said.map((one) => one.untold).find((one) => one !== undefined);
  return { ...(level !== undefined && { level }), ...(untold !== undefined && { untold }) };
}

function levelOf(line: readonly Pom[]): JavaRequirement {
  const framework = frameworkLevel(line);
  for (const name of ['release', 'target', 'source']) {
    const [where, text] = setting(name, line) ?? [];
    if (where === undefined || text === undefined) continue;
    const value = versionNumber(interpolated(text, line) ?? '');
    if (value === undefined) return { untold: where };
    const level = greatest([{ value, where }, framework]);
    return { ...(level !== undefined && { level }) };
  }
  return { ...(framework !== undefined && { level: framework }) };
}

/** A compiler setting, from the plugin's configuration or else from a property. */
function setting(name: string, line: readonly Pom[]): [where: string, text: string] | undefined {
  for (const pom of line) {
    for (const path of [['build'], ['build', 'pluginManagement']]) {
      for (const plugin of elementsAt(pom.root, ...path, 'plugins', 'plugin')) {
        if (textAt(plugin, 'artifactId') !== 'maven-compiler-plugin') continue;
        const places = [plugin, ...elementsAt(plugin, 'executions', 'execution').filter(isMain)];
        const text = places.map((one) => textAt(one, 'configuration', name)).find((one) => one !== undefined);
        if (text !== undefined) return [`<${name}> of the compiler plugin in ${nameOf(pom)}`, text];
      }
    }
  }
  const text = property(`maven.compiler.${name}`, line);
  return text === undefined ? undefined : [`maven.compiler.${name} in ${nameOf(line[0])}`, text];
}

function isMain(execution: XmlElement): boolean {
  return elementsAt(execution, 'goals', 'goal').every(({ text }) => text === 'compile');
}

/** Frameworks' parent projects set the level from `java.version`. Each release has a minimum version. */
function frameworkLevel(line: readonly Pom[]): StatedVersion | undefined {
  const top = line.at(-1)?.parent;
  const isSpring = top?.artifactId === 'spring-boot-starter-parent';
  const imported = line
    .flatMap(({ root }) => elementsAt(root, 'dependencyManagement', 'dependencies', 'dependency'))
    .find((one) => textAt(one, 'artifactId') === 'spring-boot-dependencies');
  const version = isSpring ? top.version : imported && interpolated(textAt(imported, 'version') ?? '', line);
  const least = version === undefined ? undefined : Number(/^\d+/.exec(version)?.[0] ?? 0) >= 3 ? 17 : 8;
  const framework = least === undefined ? undefined : { value: least, where: `Spring Boot ${version}` };
  const own = isSpring ? versionNumber(interpolated(property('java.version', line) ?? '', line) ?? '') : undefined;
  return greatest([
    framework,
    own === undefined ? undefined : { value: own, where: `java.version in ${nameOf(line[0])}` },
  ]);
}

function nameOf(pom: Pom | undefined): string {
  return pom === undefined ? 'pom.xml' : `${basename(pom.folder)}/${basename(pom.path)}`;
}
