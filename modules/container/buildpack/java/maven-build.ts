import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from '../../builder/build-specification';
import { run } from '../dockerfile';
import { pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { textAt } from '../xml';
import type { JavaBuild } from './java-build';
import type { MavenProject } from './maven-project';
import { interpolated } from './pom';
import type { BuildTool } from './version';

/** Spring Boot's development tools, which restart the program or start Docker. */
const NOT_RUN = 'spring-boot-devtools,spring-boot-docker-compose';

/** Java versions that the wrapper's Maven runs on, if the project has a wrapper. */
export function mavenWrapper({ start }: MavenProject): BuildTool | undefined {
  const properties = join(start.folder, '.mvn/wrapper/maven-wrapper.properties');
  if (!existsSync(join(start.folder, 'mvnw')) || !existsSync(properties)) return undefined;
  const [, release = '3'] = /apache-maven-(\d+[\w.-]*?)-bin/.exec(readFileSync(properties, 'utf8')) ?? [];
  const least = release.startsWith('4') ? 17 : 8;
  return { name: `Maven ${release}`, least, most: Number.POSITIVE_INFINITY, laterFor: () => `Maven ${release}` };
}

/** The build stage for Maven. */
export function mavenBuild(
  source: BuildpackSource,
  project: MavenProject,
  wrapper: boolean,
  quarkus: string | undefined,
): JavaBuild {
  const [own] = project.line;
  const start = pathFrom(project.start.folder, project.start.path);
  const module = own === undefined ? '' : pathFrom(project.start.folder, own.path);
  // Libraries of two groups can have the same name, and each project of a build has separate libraries.
  const copy = `dependency:copy-dependencies -DincludeScope=runtime -Dmdep.prependGroupId=true -DexcludeArtifactIds=${NOT_RUN}`;
  const only = module === start ? '' : ` -pl ${quoted(module.replace(/\/pom\.xml$/, ''))} -am`;
  const maven = `${wrapper ? 'sh ./mvnw' : 'mvn'} --batch-mode --file ${quoted(start)}${only} -DskipTests`;
  const folder = own === undefined ? '' : pathFrom(project.start.folder, own.folder);
  const target = posixJoin(
    folder,
    (own && interpolated(textAt(own.root, 'build', 'directory') ?? '', project.line)) || 'target',
  );
  const collect =
    quarkus === undefined
      ? `mkdir -p /out/lib && cp -r ${quoted(`${target}/classes`)} /out/classes && ` +
        `if [ -d ${quoted(`${target}/dependency`)} ]; then cp -r ${quoted(`${target}/dependency/.`)} /out/lib; fi`
      : `mkdir -p /out && cp -r ${quoted(`${target}/quarkus-app`)} /out/app`;
  const goals = quarkus === undefined ? `package ${copy}` : `${quarkus} package`;
  return {
    variables: { MAVEN_OPTS: '-Dmaven.repo.local=/maven' },
    folder: pathFrom(project.root, project.start.folder),
    fetch: [
      'COPY manifests/ /src/',
      // Without sources, this downloads everything that the build needs, although its output is useless.
      run(source, `${maven} --fail-never package ${copy} || echo 'Not all could be fetched before the sources.'`),
    ],
    build: [run(source, `${maven} ${goals} && ${collect}`)],
    files: [],
  };
}

function posixJoin(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
