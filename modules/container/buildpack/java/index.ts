import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { foundValue } from '../../../problems/found';
import { baseImage } from '../../../rules/base-images';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { quoted } from '../../builder/build-specification';
import { fileEntry, pathProblem } from '../../source-files';
import { env, prepared, run } from '../dockerfile';
import { pathFrom } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { project } from '../project';
import { repositoryFolder } from '../repository';
import { unsupportedExclusions } from '../settings';
import { startScriptImage } from '../start-script-image';
import { gradleBuild, gradleWrapper } from './gradle-build';
import { catalogVersions, gradleRequirement, withoutComments } from './gradle-level';
import { gradleProject, gradleValues } from './gradle-project';
import type { JavaBuild } from './java-build';
import { type JavaRequirement, pinnedJava } from './levels';
import { mainClass } from './main-class';
import { mavenBuild, mavenWrapper } from './maven-build';
import { mavenRequirement } from './maven-level';
import { mavenProject } from './maven-project';
import { type BuildTool, type JavaVersions, javaVersions } from './version';

/** A project whose build files are read, before its Java version is chosen. */
interface Understood {
  /** Absolute path of the folder that contains all files to send. */
  readonly root: string;
  /** Absolute path of the entry file's module. */
  readonly module: string;
  readonly parts: readonly string[];
  readonly manifests: readonly string[];
  readonly wish: JavaRequirement;
  readonly tool: BuildTool | undefined;
  /** Whether Quarkus builds the program, which has its own launcher. */
  readonly quarkus: boolean;
  build(toolchain: string | undefined, main: string): JavaBuild;
}

type Understanding = Understood | { readonly problems: readonly PackagingProblem[] };

/** Java: the project's classes and libraries, built with Gradle or Maven. The entry file's class is the main class. */
export function java(source: BuildpackSource): ContextResult {
  const { properties, baseDir, entry } = source;
  const { useMaven = false, packageManagerFile, javaVersion } = properties.languageSpecificConfig ?? {};
  const given = packageManagerFile === undefined ? undefined : resolve(baseDir, packageManagerFile);
  const problem = given === undefined ? undefined : pathProblem(packageManagerFile ?? '', given, 'file');
  if (problem !== undefined) return { problems: [languageProblem('packageManagerFile', problem)] };
  const exclusions = unsupportedExclusions(source, 'Java', 'exclude the library in the build file');
  if (exclusions.length > 0) return { problems: exclusions };
  const understood = useMaven ? byMaven(source, given) : byGradle(source, given);
  if ('problems' in understood) return understood;
  const { root, module, quarkus, wish, tool } = understood;
  const pinned = pinnedJava(module, repositoryFolder(source));
  const versions = javaVersions(javaVersion, { ...wish, ...(pinned !== undefined && { pinned }) }, tool);
  if ('problems' in versions) return versions;
  const main = mainClass(entry, readFileSync(entry, 'utf8'), versions.run, quarkus);
  if ('found' in main || /(^|\/)src\/test\//.test(pathFrom(root, entry))) {
    const { found, fix } =
      'found' in main ? main : { found: 'below src/test, which no program has in it', fix: 'move it below src/main' };
    const accepted = 'a file whose class has a main method';
    return {
      problems: [
        { property: ['entryfilePath'], found: foundValue(properties.entryfilePath, `: ${found}`), accepted, fix },
      ],
    };
  }
  // A package can have the same name as a build output folder.
  const leftOut = ['**/target', '**/build', '!**/src/**/target', '!**/src/**/build'];
  const found = project(source, root, { parts: understood.parts, leftOut });
  if ('problems' in found) return found;
  const place = pathFrom(root, module);
  const toolchain = versions.toolchain === undefined ? undefined : '/opt/jdk';
  const build = understood.build(toolchain, main.name);
  const classFile = `${main.name.replace(/\./g, '/')}.class`;
  return {
    context: startScriptImage(
      source,
      { ...found, workingFolder: place },
      {
        build: [...stage(source, useMaven, versions, build), ...(quarkus ? [] : [checked(source, classFile)])],
        base: baseImage('Java', String(versions.run), source.distribution),
        // Java decodes environment variables with this locale. Without it, non-ASCII characters in an event are lost.
        variables: { LANG: 'C.UTF-8' },
        copy: [
          'COPY --from=build /out/ /job/',
          ...(place === '' ? [] : [`RUN mkdir -p ${quoted(place)} && chown -R 1000:1000 /app`]),
        ],
        command: [
          'java',
          '-XX:MaxRAMPercentage=75',
          ...(quarkus ? ['-jar', '/job/app/quarkus-run.jar'] : ['-cp', '/job/classes:/job/lib/*', main.name]),
        ],
        builtOnly: true,
        files: [
          ...build.files,
          ...understood.manifests.map((path) => fileEntry(path, `manifests/${pathFrom(root, path)}`)),
        ],
      },
    ),
  };
}

/** The build stage. Its first layers change only with the manifests. */
function stage(source: BuildpackSource, useMaven: boolean, versions: JavaVersions, build: JavaBuild): string[] {
  const image = (version: number) =>
    baseImage('Java', String(version), source.distribution, useMaven ? 'maven' : 'gradle');
  return [
    `FROM ${image(versions.build)} AS build`,
    `WORKDIR /src${build.folder === '' ? '' : `/${build.folder}`}`,
    env(build.variables),
    ...prepared(source),
    ...(versions.toolchain === undefined
      ? []
      : [`COPY --from=${image(versions.toolchain)} /opt/java/openjdk /opt/jdk`]),
    ...build.fetch,
    'COPY app/ /src/',
    ...build.build,
  ];
}

/** Fails the build if it did not compile the entry file, which is then in no source folder. The job would fail at its start. */
function checked(source: BuildpackSource, classFile: string): string {
  const file = `/out/classes/${classFile}`;
  const message = `The build made no ${classFile}: the entry file is in no source folder of the build.`;
  return run(source, `test -f ${quoted(file)} || { echo ${quoted(message)}; exit 1; }`);
}

function byGradle(source: BuildpackSource, given: string | undefined): Understanding {
  const found = gradleProject(source, given === undefined ? undefined : dirname(given));
  if ('problems' in found) return found;
  const catalog = catalogVersions(textOf(join(found.build, 'gradle/libs.versions.toml')));
  const texts = found.scripts.map(({ text }) => withoutComments(text));
  // No script applies a plugin, so nothing compiles Java.
  if (!texts.some((text) => /\b(plugins|apply|pluginManager|id)\b/.test(text))) {
    const finding = {
      found: 'a build script without plugins',
      accepted: 'a build with the java plugin',
      fix: "add plugins { id 'java' } to it",
    };
    return { problems: [{ property: ['entryfilePath'], ...finding }] };
  }
  const wrapper = gradleWrapper(found.build);
  if ('problems' in wrapper) return wrapper;
  const quarkus = texts.some((text) => /\bio\.quarkus\b["')]/.test(text));
  return {
    ...found,
    wish: gradleRequirement(gradleValues(found, catalog)),
    // Each base image has a Gradle release that runs on its Java version.
    tool: wrapper.wrapper?.tool,
    quarkus,
    build: (toolchain) =>
      gradleBuild(source, found, {
        wrapper: wrapper.wrapper !== undefined,
        quarkus,
        ...(toolchain !== undefined && { toolchain }),
      }),
  };
}

function byMaven(source: BuildpackSource, given: string | undefined): Understanding {
  const found = mavenProject(source, given);
  if ('problems' in found) return found;
  const tool = mavenWrapper(found);
  const quarkus = found.line.some(({ path }) => textOf(path).includes('<artifactId>quarkus-maven-plugin</artifactId>'));
  const run = (main: string) =>
    `-Dquarkus.package.jar.type=fast-jar -Dquarkus.package.type=fast-jar -Dquarkus.package.main-class=${main}`;
  return {
    ...found,
    module: found.line[0]?.folder ?? found.root,
    wish: mavenRequirement(found),
    tool,
    quarkus,
    build: (_, main) => mavenBuild(source, found, tool !== undefined, quarkus ? run(main) : undefined),
  };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
