import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatFound } from '../../config/problem';
import type { ContextResult } from '../build-context';
import { pathProblem, textEntry } from '../source-files';
import { copyToApp, prepared, run } from './dockerfile';
import { type BuildpackSource, languageProblem } from './language';
import { launched } from './launched';
import { project, projectFolder } from './project';

const DEFAULT_JAVA = 11;

/** The version that builds and runs for each that may be asked for: 19 got its last update in 2023, and 21 runs what was written for it. */
const RELEASES: { readonly [version: number]: number } = { 8: 8, 11: 11, 17: 17, 19: 21 };

const GRADLE_FILES = ['build.gradle', 'build.gradle.kts'];

/** Collects classes and libraries of the project that is built; part of the build itself, so that the project need not know of it. */
const GRADLE_INIT = `projectsEvaluated {
  rootProject.allprojects { module ->
    module.plugins.withId('java') {
      module.tasks.register('stpJob', Copy) {
        into "/out/\${module.path.replace(':', '_')}"
        from(module.sourceSets.main.output) { into 'classes' }
        from(module.configurations.runtimeClasspath) { into 'lib' }
      }
    }
  }
}
`;

/** Java: the project's classes and libraries, built by Gradle or Maven; the entry file's class is the main class. */
export function java(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const { useMaven = false, packageManagerFile, javaVersion = DEFAULT_JAVA } = properties.languageSpecificConfig ?? {};
  const given = packageManagerFile && resolve(baseDir, packageManagerFile);
  const problem = given && pathProblem(packageManagerFile, given, 'file');
  if (problem) return { problems: [languageProblem('packageManagerFile', problem)] };
  const names = useMaven ? ['pom.xml'] : GRADLE_FILES;
  const folder = given ? dirname(given) : projectFolder(source, (name) => names.includes(name));
  if (!given && !names.some((name) => existsSync(join(folder, name)))) {
    const other = useMaven ? 'set useMaven to false for Gradle' : 'set useMaven for Maven';
    const found = `${formatFound(properties.entryfilePath)}, and no ${names.join(' or ')} at or above it`;
    const fix = `add it to the project, or ${other}`;
    return {
      problems: [
        { property: ['entryfilePath'], found, accepted: `a file of a project with ${names.join(' or ')}`, fix },
      ],
    };
  }
  const found = project(source, folder, { leftOut: ['**/target', '**/build'] });
  if ('problems' in found) return found;
  const release = RELEASES[javaVersion];
  const manifest = given ? basename(given) : undefined;
  const build = useMaven
    ? maven(source, release, manifest)
    : gradle(source, release, existsSync(join(folder, 'gradlew')));
  return {
    context: launched(source, found, {
      build,
      // Of Alpine there is no Java for arm64 in all versions.
      base: `public.ecr.aws/docker/library/eclipse-temurin:${release}-jre-noble`,
      builtOnly: true,
      copy: [copyToApp('/out/', { stage: 'build' })],
      command: ['java', '-XX:MaxRAMPercentage=75', '-cp', classPath(useMaven, found.entry), mainClass(found.entry)],
      files: useMaven ? [] : [textEntry('stp.init.gradle', GRADLE_INIT)],
    }),
  };
}

function maven(source: BuildpackSource, release: number | undefined, manifest = 'pom.xml'): string[] {
  const copy = 'dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib';
  return [
    `FROM public.ecr.aws/docker/library/maven:3.9-eclipse-temurin-${release} AS build`,
    'WORKDIR /src',
    ...prepared(source),
    'COPY app/ ./',
    run(
      source,
      `mvn --batch-mode --file ${manifest} -DskipTests package ${copy} && mkdir -p /out && cp -r target/classes /out/classes`,
    ),
  ];
}

function gradle(source: BuildpackSource, release: number | undefined, wrapper: boolean): string[] {
  return [
    `FROM public.ecr.aws/docker/library/gradle:8.14-jdk${release} AS build`,
    'WORKDIR /src',
    ...prepared(source),
    'COPY stp.init.gradle /opt/stp/',
    'COPY app/ ./',
    run(source, `${wrapper ? 'sh ./gradlew' : 'gradle'} --no-daemon --init-script /opt/stp/stp.init.gradle stpJob`),
  ];
}

/** The module of a path such as `jobs/src/main/java/com/example/Main.java`, as Gradle names it with underscores. */
function classPath(useMaven: boolean, entry: string): string {
  if (useMaven) return '/app/classes:/app/lib/*';
  const [module = ''] = entry.split(/(?:^|\/)src\/main\//);
  const folder = `/app/_${module === '' || module === entry ? '' : module.replace(/\/$/, '').replace(/\//g, '_')}`;
  return `${folder}/classes:${folder}/lib/*`;
}

function mainClass(entry: string): string {
  return entry
    .replace(/^(.*\/)?src\/main\/(java|kotlin)\//, '')
    .replace(/\.java$/, '')
    .replace(/\//g, '.');
}
