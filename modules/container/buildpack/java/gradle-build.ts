import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackagingProblem } from '../../build-context';
import { quoted } from '../../builder/build-specification';
import { textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { run } from '../dockerfile';
import { pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import type { GradleProject } from './gradle-project';
import { gradleRelease } from './gradle-releases';
import type { JavaBuild } from './java-build';
import type { BuildTool } from './version';

/** Overrides settings of a project that would hide or disable the tasks below. */
const SWITCHES = [
  'org.gradle.configuration-cache=false',
  'org.gradle.unsafe.configuration-cache=false',
  'org.gradle.unsafe.isolated-projects=false',
  'org.gradle.configureondemand=false',
];

/** Spring Boot's development tools, which restart the program or start Docker. */
const NOT_RUN = '~/spring-boot-(devtools|docker-compose)-.*/';

/**
 * Part of the build itself, so that the project need not know of it: finds the source set that the entry file is part of, and collects
 * its classes and libraries. Libraries are numbered, since two of them may have one name.
 *
 * Written for Gradle 4.4 and all later releases.
 */
function initScript(entry: string, quarkus: boolean): string {
  const path = entry.replace(/[\\']/g, '\\$&');
  const collect = quarkus
    ? [`dependsOn 'quarkusBuild'`, `from(module.file('build/quarkus-app')) { into 'app' }`]
    : [
        `from(found.output) { into 'classes' }`,
        'from(found.runtimeClasspath - found.output) {',
        `  into 'lib'`,
        `  exclude { it.name ==${NOT_RUN} }`,
        `  rename { file -> String.format('%04d-', number++) + file }`,
        '}',
      ];
  return `def entry = '${path}'
gradle.projectsEvaluated {
  def module = null
  def found = null
  gradle.rootProject.allprojects { one ->
    if (!one.plugins.hasPlugin('java')) return
    one.sourceSets.each { set ->
      def holds = set.allSource.srcDirs.any { entry.startsWith(it.path + '/') }
      if (holds && set.name != 'test') { module = one; found = set }
    }
  }
  if (found == null) {
    gradle.rootProject.tasks.create('stpJob') {
      doFirst { throw new GradleException('No project with the java plugin has ' + entry + ' in a source set.') }
    }
    gradle.rootProject.tasks.create('stpFetch')
    return
  }
  def number = 0
  def name = module == gradle.rootProject ? 'stpJob' : 'stpCollect'
  module.tasks.create(name, Copy) {
    into '/out'
    ${collect.join('\n    ')}
  }
  def fetch = module == gradle.rootProject ? 'stpFetch' : 'stpResolve'
  module.tasks.create(fetch) {
    doLast {
      def wanted = [found.compileClasspathConfigurationName, found.runtimeClasspathConfigurationName]
      if (found.hasProperty('annotationProcessorConfigurationName')) wanted.add(found.annotationProcessorConfigurationName)
      wanted.each { module.configurations.findByName(it)?.resolvedConfiguration?.lenientConfiguration?.files }
    }
  }
  if (module != gradle.rootProject) {
    gradle.rootProject.tasks.create('stpJob') { dependsOn module.tasks.getByName(name) }
    gradle.rootProject.tasks.create('stpFetch') { dependsOn module.tasks.getByName(fetch) }
  }
}
`;
}

/** The Gradle release that builds a project: the wrapper's or the base image's. */
export interface Wrapper {
  /** Java versions that the release runs on. Undefined if the release is unknown. */
  readonly tool: BuildTool | undefined;
}

/** The project's wrapper. Undefined if there is none. Returns the problem if it is incomplete. */
export function gradleWrapper(
  build: string,
): { readonly wrapper?: Wrapper } | { readonly problems: readonly PackagingProblem[] } {
  const properties = join(build, 'gradle/wrapper/gradle-wrapper.properties');
  if (!existsSync(join(build, 'gradlew')) || !existsSync(properties)) return {};
  if (!existsSync(join(build, 'gradle/wrapper/gradle-wrapper.jar'))) {
    const found = 'gradlew, and no gradle/wrapper/gradle-wrapper.jar';
    const fix = 'run gradle wrapper and commit the file, or delete gradlew to build with the Gradle of the base image';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a whole wrapper', fix }] };
  }
  const [, release] =
    /gradle-(\d+\.\d+(?:\.\d+)?)(?:-[\w.-]+)?-(?:bin|all)\.zip/.exec(readFileSync(properties, 'utf8')) ?? [];
  return { wrapper: { tool: release === undefined ? undefined : gradleRelease(release) } };
}

export interface GradleOptions {
  readonly wrapper: boolean;
  readonly quarkus: boolean;
  /** Where another JDK lies that compiles. @default none */
  readonly toolchain?: string;
}

/** The build stage for Gradle. */
export function gradleBuild(source: BuildpackSource, project: GradleProject, options: GradleOptions): JavaBuild {
  const below = (path: string) => pathFrom(project.root, path);
  const folder = below(project.build);
  const task = (name: string) => `${project.included === undefined ? '' : `:${project.included}`}:${name}`;
  const toolchain =
    options.toolchain === undefined ? [] : [`-Porg.gradle.java.installations.paths=${options.toolchain}`];
  const words = [...SWITCHES.map((one) => `-D${one}`), ...toolchain].join(' ');
  const program = options.wrapper ? 'sh ./gradlew' : 'gradle';
  const gradle = (name: string) =>
    `${program} --no-daemon --console=plain --init-script /opt/stp/stp.init.gradle ${words} ${quoted(task(name))}`;
  const entry = `/src/${below(source.entry)}`;
  const files: TarEntry[] = [textEntry('stp.init.gradle', initScript(entry, options.quarkus))];
  return {
    // The image's default download folder is a volume, so downloads would not be in a layer.
    variables: { GRADLE_USER_HOME: '/gradle' },
    folder,
    fetch: [
      'COPY stp.init.gradle /opt/stp/',
      'COPY manifests/ /src/',
      run(source, `${gradle('stpFetch')} || echo 'Not all could be fetched before the sources.'`),
    ],
    build: [run(source, gradle('stpJob'))],
    files,
  };
}
