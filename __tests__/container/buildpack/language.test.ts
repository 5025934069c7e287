import { contextDigest } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { tar } from '../../../modules/container/tar';
import { baseImage } from '../../../modules/rules/base-images';
import { removeFolders } from '../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf } from './made';

type Files = { readonly [path: string]: string };
type Settings = BuildpackProperties['languageSpecificConfig'];

// No engine builds here: what is tested is what would be sent, and the commands in it.
afterEach(removeFolders);

const START = 'COPY start.sh /opt/stp/';
const ALPINE = 'RUN apk add --no-cache ca-certificates curl tzdata';
const DEBIAN =
  'RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates curl tzdata && rm -rf /var/lib/apt/lists/*';
const APP = ['RUN mkdir -p /app && chown 1000:1000 /app', 'WORKDIR /app'];
const HOME = [...APP, 'ENV HOME=/tmp'];

const GO: Files = {
  'go.mod': 'module example.com/jobs\n',
  'cmd/nightly/main.go': 'package main\nfunc main() {}\n',
  'data/a.csv': '',
};
const NIGHTLY = 'package com.example;\npublic class Nightly {\n  public static void main(String[] args) {}\n}\n';
const JAVA: Files = {
  'build.gradle.kts': 'plugins { java }',
  'src/main/java/com/example/Nightly.java': NIGHTLY,
  'build/x': '',
};
const MAVEN: Files = {
  'pom.xml': '<project><artifactId>a</artifactId></project>',
  'src/main/java/com/example/Nightly.java': NIGHTLY,
  'target/x': '',
};

describe.each<[string, Files, string, Settings, boolean, string[], string[]]>([
  [
    'Go',
    GO,
    'cmd/nightly/main.go',
    {},
    false,
    [
      `FROM ${baseImage('Go', '1.27', 'alpine', 'build')} AS build`,
      'WORKDIR /src',
      'ENV CGO_ENABLED=0',
      'COPY app/ /src/',
      "RUN go build -trimpath -ldflags=-s -o /job './cmd/nightly'",
      '',
      `FROM ${baseImage('Go', '1.27', 'alpine')}`,
      ...HOME,
      ALPINE,
      START,
      'COPY --from=build /job /usr/local/bin/job',
      'COPY --chown=1000:1000 app/ ./',
    ],
    ['/usr/local/bin/job'],
  ],
  [
    'Go with C code',
    GO,
    'cmd/nightly/main.go',
    {},
    true,
    [
      `FROM ${baseImage('Go', '1.27', 'debian', 'build')} AS build`,
      'WORKDIR /src',
      'ENV CGO_ENABLED=1',
      'COPY app/ /src/',
      "RUN go build -trimpath -ldflags=-s -o /job './cmd/nightly'",
      '',
      `FROM ${baseImage('Go', '1.27', 'debian')}`,
      ...HOME,
      DEBIAN,
      START,
      'COPY --from=build /job /usr/local/bin/job',
      'COPY --chown=1000:1000 app/ ./',
    ],
    ['/usr/local/bin/job'],
  ],
])('%s', (_, files, entryfilePath, languageSpecificConfig, requiresGlibcBinaries, lines, command) => {
  const properties = { entryfilePath, languageSpecificConfig, requiresGlibcBinaries };

  it('is built by, and starts with the program that fetches large events, as nobody in particular', () => {
    const image = made(files, properties);
    expect(dockerfileOf(image).slice(0, -2)).toEqual(lines);
    expect(dockerfileOf(image).at(-2)).toBe('USER 1000:1000');
    expect(commandOf(image)).toEqual(['/opt/stp/start.sh', ...command]);
    expect(image).toMatchObject({ init: true });
    expect(image.files.find(({ path }) => path === 'start.sh')?.kind).toBe('executable');
  });

  it('has the same digest and bytes in two folders', () => {
    const [one, other] = [made(files, properties), made(files, properties)];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(Buffer.concat([...tar(one.files)]).equals(Buffer.concat([...tar(other.files)]))).toBe(true);
  });

  it('runs custom commands before the job is there', () => {
    const image = made(files, { ...properties, customDockerBuildCommands: ['echo here'] });
    expect(dockerfileOf(image)[dockerfileOf(image).indexOf(START) - 1]).toBe('RUN echo here');
  });
});

it.each([
  ['Java', JAVA, 'src/main/java/com/example/Nightly.java', {}, 'app/build/x'],
  ['Java by Maven', MAVEN, 'src/main/java/com/example/Nightly.java', { useMaven: true }, 'app/target/x'],
])('%s leaves output of this machine out', (_, files, entryfilePath, languageSpecificConfig, path) => {
  expect(paths(made(files, { entryfilePath, languageSpecificConfig }))).not.toContain(path);
});

it('runs a single Go file without a module', () => {
  const image = made({ 'nightly.go': 'package main\nfunc main() {}\n' }, { entryfilePath: 'nightly.go' });
  expect(dockerfileOf(image)).toContain("RUN go build -trimpath -ldflags=-s -o /job './nightly.go'");
});

it('says of a project of Maven which setting it needs', () => {
  const [problem] = problemsOf(MAVEN, { entryfilePath: 'src/main/java/com/example/Nightly.java' });
  expect(problem?.fix).toBe('set languageSpecificConfig.useMaven to true: there is a pom.xml');
});

it.each<[string, Files, string, Settings, string[], string]>([
  [
    'Java without Gradle',
    MAVEN,
    'src/main/java/com/example/Nightly.java',
    {},
    ['entryfilePath'],
    '"src/main/java/com/example/Nightly.java", and no build.gradle or build.gradle.kts at or above it',
  ],
  [
    'Java without Maven',
    JAVA,
    'src/main/java/com/example/Nightly.java',
    { useMaven: true },
    ['entryfilePath'],
    '"src/main/java/com/example/Nightly.java", and no pom.xml at or above it',
  ],
  [
    'a missing pom.xml',
    MAVEN,
    'src/main/java/com/example/Nightly.java',
    { useMaven: true, packageManagerFile: 'jobs/pom.xml' },
    ['languageSpecificConfig', 'packageManagerFile'],
    '"jobs/pom.xml": no such file',
  ],
])('refuses %s', (_, files, entryfilePath, languageSpecificConfig, property, found) => {
  const problems = problemsOf(files, { entryfilePath, languageSpecificConfig });
  expect(problems.map((one) => [one.property, one.found])).toEqual([[property, found]]);
});

it.each(['go', 'rb', 'php', 'cs', 'java', 'py', 'ts'])('refuses a missing file: .%s', (ending) => {
  expect(problemsOf({}, { entryfilePath: `job.${ending}` })).toEqual([
    expect.objectContaining({ property: ['entryfilePath'], found: `"job.${ending}": no such file` }),
  ]);
});
