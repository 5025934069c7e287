import { join } from 'node:path';
import { contextDigest } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../modules/container/image-buildpack';
import { baseImage } from '../../../modules/rules/base-images';
import { folder, removeFolders } from '../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf, textOf } from './made';

type Files = { readonly [path: string]: string };
type Settings = BuildpackProperties['languageSpecificConfig'];

afterEach(removeFolders);

const ENTRY = 'app/src/main/java/com/example/Nightly.java';
const NIGHTLY = 'package com.example;\n\npublic class Nightly {\n  public static void main(String[] args) {}\n}\n';
const GRADLE: Files = {
  'settings.gradle': "include ':app', ':library'\n",
  'gradle/libs.versions.toml': '[versions]\njava-release = "17"\n\n[libraries]\n',
  'app/build.gradle': "plugins { id 'java' }\ndependencies { implementation project(':library') }\n",
  'library/build.gradle': "plugins { id 'java-library' }\n",
  'library/src/main/java/com/example/build/Texts.java': 'package com.example.build;\n',
  'library/build/x': '',
  [ENTRY]: NIGHTLY,
};
const pom = (text: string, name = 'app') => `<project><artifactId>${name}</artifactId>${text}</project>`;
const PARENT = '<parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1</version></parent>';
const MAVEN: Files = {
  'pom.xml': pom(
    '<groupId>com.example</groupId><version>1</version><packaging>pom</packaging><modules><module>app</module><module>lib</module></modules>',
    'parent',
  ),
  'app/pom.xml': pom(
    `${PARENT}<dependencies><dependency><groupId>com.example</groupId><artifactId>lib</artifactId></dependency></dependencies>`,
  ),
  'lib/pom.xml': pom(PARENT, 'lib'),
  'lib/src/main/java/A.java': '',
  'lib/target/x': '',
  [ENTRY]: NIGHTLY,
};
const BY_MAVEN: Settings = { useMaven: true };

const image = (files: Files, languageSpecificConfig: Settings = {}, entryfilePath = ENTRY) =>
  made(files, { entryfilePath, languageSpecificConfig });
const reports = (files: Files, languageSpecificConfig: Settings = {}, entryfilePath = ENTRY) =>
  problemsOf(files, { entryfilePath, languageSpecificConfig }).map(({ property, found }) => [
    property.join('.'),
    found,
  ]);
const runs = (files: Files, languageSpecificConfig: Settings = {}) =>
  dockerfileOf(image(files, languageSpecificConfig)).find((line) => line.startsWith('FROM ') && line.includes('-jre-'));
const jre = (version: number) => `FROM ${baseImage('Java', String(version), 'debian')}`;
const jdk = (version: number, tool: 'gradle' | 'maven') =>
  `FROM ${baseImage('Java', String(version), 'debian', tool)} AS build`;

describe('Gradle', () => {
  it('builds the whole build from its settings, and runs the classes of the module that has the entry file', () => {
    const found = image(GRADLE);
    expect(dockerfileOf(found)).toEqual([
      jdk(11, 'gradle'),
      'WORKDIR /src',
      'ENV GRADLE_USER_HOME=/gradle',
      'COPY stp.init.gradle /opt/stp/',
      'COPY manifests/ /src/',
      expect.stringMatching(/^RUN gradle .*':stpFetch' \|\| echo /),
      'COPY app/ /src/',
      expect.stringMatching(/^RUN gradle .*':stpJob'$/),
      expect.stringContaining("RUN test -f '/out/classes/com/example/Nightly.class' || "),
      '',
      jre(11),
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV HOME=/tmp LANG=C.UTF-8',
      expect.stringContaining('apt-get install'),
      'COPY start.sh /opt/stp/',
      'COPY --from=build /out/ /job/',
      "RUN mkdir -p 'app' && chown -R 1000:1000 /app",
      'WORKDIR /app/app',
      'USER 1000:1000',
      expect.stringContaining('CMD '),
    ]);
    expect(commandOf(found).slice(1)).toEqual([
      'java',
      '-XX:MaxRAMPercentage=75',
      '-cp',
      '/job/classes:/job/lib/*',
      'com.example.Nightly',
    ]);
    expect(paths(found)).toContain('app/library/src/main/java/com/example/build/Texts.java');
    expect(paths(found)).not.toContain('app/library/build/x');
    expect(textOf(found.files, 'stp.init.gradle')).toContain(`def entry = '/src/${ENTRY}'`);
  });

  it('asks for libraries from build files alone, so that a change of a source leaves that layer as it is', () => {
    const manifests = (files: Files) => paths(image(files)).filter((path) => path.startsWith('manifests/'));
    expect(manifests(GRADLE)).toEqual([
      'manifests/app/build.gradle',
      'manifests/gradle/libs.versions.toml',
      'manifests/library/build.gradle',
      'manifests/settings.gradle',
    ]);
  });

  it("finds the settings above the config's folder, and the same digest from either", () => {
    const root = folder({ ...GRADLE, '.git/HEAD': '' });
    const from = (config: string, entryfilePath: string) => {
      const found = imageBuildpackContext({ entryfilePath }, 'x86_64', join(root, config));
      if ('problems' in found) throw new Error(JSON.stringify(found));
      return contextDigest(found.context);
    };
    expect(from('app', 'src/main/java/com/example/Nightly.java')).toBe(from('.', ENTRY));
  });

  it('refuses settings above what may be sent', () => {
    const found = imageBuildpackContext(
      { entryfilePath: 'src/main/java/com/example/Nightly.java' },
      'x86_64',
      join(folder(GRADLE), 'app'),
    );
    expect(found).toMatchObject({
      problems: [{ property: ['entryfilePath'], found: expect.stringContaining('settings.gradle that leads to') }],
    });
  });

  it('builds an included build within the build that includes it', () => {
    const found = image({ ...GRADLE, 'settings.gradle': "includeBuild 'app'\n", 'app/settings.gradle': '' });
    expect(dockerfileOf(found).join('\n')).toContain("':app:stpJob'");
    expect(paths(found)).toContain('app/library/build.gradle');
  });

  it.each([
    ["includeBuild('../shared')", 'settings.gradle.kts', {}],
    ['apply from: "$rootDir/../shared/java.gradle"', 'build.gradle', {}],
    ["project(':shared').projectDir = new File(settingsDir, '../shared')", 'settings.gradle', {}],
    ["includeFlat 'shared'", 'settings.gradle', {}],
  ])('sends what a script names beside the build, and nothing else there: %s', (line, name) => {
    const files = {
      '.git/HEAD': '',
      'shared/java.gradle': '',
      'shared/build.gradle': "plugins { id 'java' }",
      'web/a.ts': '',
      'main/settings.gradle': '',
      'main/build.gradle': "plugins { id 'java' }",
      'main/src/main/java/Nightly.java': NIGHTLY.replace(/^package.*/, ''),
    };
    const found = image(
      { ...files, [`main/${name}`]: `plugins { id 'java' }\n${line}\n` },
      {},
      'main/src/main/java/Nightly.java',
    );
    expect(paths(found)).toContain('app/shared/java.gradle');
    expect(paths(found)).not.toContain('app/web/a.ts');
    expect(dockerfileOf(found)).toContain('WORKDIR /src/main');
  });

  it('refuses a build outside of the repository', () => {
    const found = reports({ ...GRADLE, 'app/.git/HEAD': '', 'app/settings.gradle': "includeBuild('../library')\n" });
    expect(found).toEqual([['entryfilePath', expect.stringContaining('outside of the repository')]]);
  });

  it('refuses a script that compiles nothing', () => {
    expect(reports({ 'app/build.gradle': '// plugins\n', [ENTRY]: NIGHTLY })).toEqual([
      ['entryfilePath', 'a build script without plugins'],
    ]);
  });

  it("uses the project's wrapper, and refuses half of one", () => {
    const wrapper = {
      gradlew: '',
      'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://x/gradle-8.5-bin.zip\n',
    };
    const jar = { 'gradle/wrapper/gradle-wrapper.jar': '' };
    expect(dockerfileOf(image({ ...GRADLE, ...wrapper, ...jar })).join('\n')).toContain('RUN sh ./gradlew --no-daemon');
    expect(reports({ ...GRADLE, ...wrapper })).toEqual([
      ['entryfilePath', 'gradlew, and no gradle/wrapper/gradle-wrapper.jar'],
    ]);
  });

  it('starts a program of Quarkus as Quarkus does', () => {
    const files = {
      ...GRADLE,
      'app/build.gradle': "plugins { id 'java'; id 'io.quarkus' }",
      [ENTRY]: NIGHTLY.replace(/ {2}public static.*/, ''),
    };
    const found = image(files);
    expect(commandOf(found).slice(-2)).toEqual(['-jar', '/job/app/quarkus-run.jar']);
    expect(textOf(found.files, 'stp.init.gradle')).toContain("dependsOn 'quarkusBuild'");
  });
});

describe('Maven', () => {
  it('builds the module and those that it needs, from the topmost project that lists it', () => {
    const found = image(MAVEN, BY_MAVEN);
    const lines = dockerfileOf(found);
    expect(lines.slice(0, 4)).toEqual([
      jdk(11, 'maven'),
      'WORKDIR /src',
      'ENV MAVEN_OPTS=-Dmaven.repo.local=/maven',
      'COPY manifests/ /src/',
    ]);
    expect(lines[4]).toMatch(
      /^RUN mvn --batch-mode --file 'pom.xml' -pl 'app' -am -DskipTests --fail-never package .* \|\| echo /,
    );
    expect(lines[5]).toBe('COPY app/ /src/');
    expect(lines[6]).toContain(
      "RUN mvn --batch-mode --file 'pom.xml' -pl 'app' -am -DskipTests package dependency:copy-dependencies",
    );
    expect(lines[6]).toContain("cp -r 'app/target/classes' /out/classes");
    expect(paths(found)).toContain('app/lib/src/main/java/A.java');
    expect(paths(found)).not.toContain('app/lib/target/x');
    expect(paths(found).filter((path) => path.startsWith('manifests/'))).toEqual([
      'manifests/app/pom.xml',
      'manifests/lib/pom.xml',
      'manifests/pom.xml',
    ]);
  });

  it('takes a project alone that none lists, and a pom.xml of another name', () => {
    const alone = { 'app/pom.xml': pom(''), [ENTRY]: NIGHTLY };
    expect(dockerfileOf(image(alone, BY_MAVEN)).join('\n')).toContain(
      "mvn --batch-mode --file 'pom.xml' -DskipTests package",
    );
    const named = { ...alone, 'app/batch.xml': pom('') };
    const settings = { useMaven: true, packageManagerFile: 'app/batch.xml' };
    expect(dockerfileOf(image(named, settings)).join('\n')).toContain("--file 'batch.xml'");
  });

  it('finds a parent and siblings next to the module', () => {
    const { 'pom.xml': top = '', 'app/pom.xml': app = '', ...rest } = MAVEN;
    const files = {
      ...rest,
      'parent/pom.xml': top.replace(/<module>/g, '<module>../'),
      'app/pom.xml': app.replace('</version></parent>', '</version><relativePath>../parent</relativePath></parent>'),
      'web/a.ts': '',
      '.git/HEAD': '',
    };
    const found = image(files, BY_MAVEN);
    expect(dockerfileOf(found)).toContain('WORKDIR /src/parent');
    expect(dockerfileOf(found).join('\n')).toContain("-pl '../app' -am");
    expect(paths(found)).toContain('app/parent/pom.xml');
    expect(paths(found)).not.toContain('app/web/a.ts');
  });

  it.each<[string, Files, string]>([
    [
      'a project that only lists others',
      { 'app/pom.xml': pom('<packaging>pom</packaging>') },
      `"${ENTRY}", of a pom.xml whose packaging is "pom"`,
    ],
    ['what is no project', { 'app/pom.xml': '<html/>' }, '"app/pom.xml", which is no project of Maven'],
    [
      'a module that is not there',
      { ...MAVEN, 'pom.xml': (MAVEN['pom.xml'] ?? '').replace('</modules>', '<module>gone</module></modules>') },
      'the module "gone/pom.xml", which is not there',
    ],
    [
      'a sibling that is not built with it',
      { ...MAVEN, 'pom.xml': (MAVEN['pom.xml'] ?? '').replace('<module>lib</module>', '') },
      'a dependency on lib, whose project is beside this one and in no build with it',
    ],
  ])('refuses %s', (_, files, found) => {
    expect(reports({ '.git/HEAD': '', [ENTRY]: NIGHTLY, ...files }, BY_MAVEN)).toEqual([['entryfilePath', found]]);
  });

  it('refuses a parent outside of the repository, and takes a published one', () => {
    const app = (path: string) => pom(PARENT.replace('</parent>', `${path}</parent>`));
    const files = (path: string) => ({ ...MAVEN, 'app/.git/HEAD': '', 'app/pom.xml': app(path) });
    expect(reports(files(''), BY_MAVEN)).toEqual([
      ['entryfilePath', expect.stringMatching(/^the parent .*, outside of the repository$/)],
    ]);
    expect(reports(files('<relativePath/>'), BY_MAVEN)).toEqual([]);
  });
});

describe('the main class', () => {
  const entry = (text: string, name = 'src/main/java/a/Job.java'): [Files, string] => [
    { 'build.gradle': "plugins { id 'java' }", [name]: text },
    name,
  ];

  it.each<[string, string, string]>([
    [
      'the package that the file says',
      '/* package x; */ package com.other;\nclass Job { static public void main(final String... args) {} }',
      'com.other.Job',
    ],
    ['no package', 'public class Job { public static void main(String args[]) throws Exception {} }', 'Job'],
    ['an interface', 'package a;\ninterface Job { static void main(String[] args) {} }', 'a.Job'],
  ])('is told by %s', (_, text, name) => {
    const [files, path] = entry(text);
    expect(commandOf(image(files, {}, path)).at(-1)).toBe(name);
  });

  it('needs no class and no words from Java 25 on', () => {
    const [files, path] = entry('void main() {}\n');
    expect(commandOf(image(files, { javaVersion: 25 }, path)).at(-1)).toBe('Job');
    expect(reports(files, { javaVersion: 21 }, path)).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    [
      'no main',
      'class Job { /* public static void main(String[] args) */ String a = "public static void main(String[] a)"; }',
      'no public static void main(String[] args) in it',
    ],
    [
      'a main that is not public',
      'class Job { static void main(String[] args) {} }',
      'no public static void main(String[] args) in it',
    ],
    [
      'a main without words',
      'class Job { public static void main() {} }',
      'no public static void main(String[] args) in it',
    ],
    ['another class', 'class Other { public static void main(String[] args) {} }', 'no class Job in it'],
  ])('refuses %s', (_, text, found) => {
    const [files, path] = entry(text);
    expect(reports(files, {}, path)).toEqual([['entryfilePath', `"${path}": ${found}`]]);
  });

  it('refuses a test', () => {
    const [files, path] = entry('class Job { public static void main(String[] args) {} }', 'src/test/java/Job.java');
    expect(reports(files, {}, path)).toEqual([
      ['entryfilePath', `"${path}": below src/test, which no program has in it`],
    ]);
  });
});

describe('the version', () => {
  const gradle = (script: string, more: Files = {}): Files => ({
    ...GRADLE,
    'app/build.gradle': `plugins { id 'java' }\n${script}\n`,
    ...more,
  });

  it.each<[string, Files, number]>([
    ['nothing', gradle(''), 11],
    ['sourceCompatibility', gradle("sourceCompatibility = '1.8'"), 8],
    [
      'JavaVersion',
      gradle(
        'java {\n  sourceCompatibility = JavaVersion.VERSION_11\n  targetCompatibility = JavaVersion.VERSION_17\n}',
      ),
      17,
    ],
    ['both at once', gradle('sourceCompatibility = targetCompatibility = JavaVersion.VERSION_1_8'), 8],
    ['a toolchain', gradle('java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }'), 21],
    [
      'a toolchain in Kotlin',
      gradle('java {\n  toolchain {\n    languageVersion.set(JavaLanguageVersion.of(25))\n  }\n}'),
      25,
    ],
    ['options.release', gradle('tasks.withType(JavaCompile).configureEach { options.release = 16 }'), 17],
    [
      'a catalog',
      gradle('java.toolchain.languageVersion = JavaLanguageVersion.of(libs.versions.java.release.get())'),
      17,
    ],
    [
      'gradle.properties',
      gradle("sourceCompatibility = project.property('javaLevel')", { 'gradle.properties': 'javaLevel=21\n' }),
      21,
    ],
    ['a variable', gradle('def level = JavaVersion.VERSION_17\nsourceCompatibility = level'), 17],
    [
      'a plugin of the build',
      gradle('', { 'buildSrc/src/main/groovy/jobs.gradle': 'java { sourceCompatibility = 17 }' }),
      17,
    ],
    [
      'a module that it depends on',
      gradle("dependencies { implementation project(':library') }", {
        'library/build.gradle': "apply plugin: 'java'\nsourceCompatibility = 21",
      }),
      21,
    ],
    ['Spring Boot', gradle("plugins { id 'org.springframework.boot' version '3.4.1' }"), 17],
    ['a comment, which says nothing', gradle('// sourceCompatibility = 21'), 11],
    ['.java-version', { ...gradle(''), '.java-version': 'temurin-21.0.4\n' }, 21],
    ['.sdkmanrc', { ...gradle(''), 'app/.sdkmanrc': '# x\njava=17.0.9-tem\n' }, 17],
    ['.tool-versions', { ...gradle(''), '.tool-versions': 'java corretto-8.412.08.1\n' }, 8],
  ])('is by %s', (_, files, version) => {
    expect(runs(files)).toBe(jre(version));
  });

  it.each<[string, string, number]>([
    [
      'maven.compiler.release',
      '<properties><maven.compiler.source>8</maven.compiler.source><maven.compiler.release>17</maven.compiler.release></properties>',
      17,
    ],
    [
      'maven.compiler.target',
      '<properties><maven.compiler.source>1.8</maven.compiler.source><maven.compiler.target>1.8</maven.compiler.target></properties>',
      8,
    ],
    [
      'a property',
      '<properties><level>21</level><maven.compiler.release>${level}</maven.compiler.release></properties>',
      21,
    ],
    [
      'the compiler plugin',
      '<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration><release>21</release></configuration></plugin></plugins></build>',
      21,
    ],
    [
      'Spring Boot',
      '<parent><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version><relativePath/></parent>',
      17,
    ],
    [
      'java.version',
      '<parent><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version></parent><properties><java.version>21</java.version></properties>',
      21,
    ],
    ['nothing', '<properties><java.version>21</java.version></properties>', 11],
  ])('is by %s of Maven', (_, text, version) => {
    expect(runs({ 'app/pom.xml': pom(text), [ENTRY]: NIGHTLY }, BY_MAVEN)).toBe(jre(version));
  });

  it('is by the parent of Maven, and by a sibling', () => {
    const level = (value: number) =>
      `<properties><maven.compiler.release>${value}</maven.compiler.release></properties>`;
    expect(
      runs({ ...MAVEN, 'pom.xml': (MAVEN['pom.xml'] ?? '').replace('<modules>', `${level(17)}<modules>`) }, BY_MAVEN),
    ).toBe(jre(17));
    expect(runs({ ...MAVEN, 'lib/pom.xml': pom(`${PARENT}${level(21)}`, 'lib') }, BY_MAVEN)).toBe(jre(21));
  });

  it("is the config's own, if the class files run on it", () => {
    expect(runs(gradle('sourceCompatibility = 11'), { javaVersion: 19 })).toBe(jre(21));
    expect(reports(gradle('sourceCompatibility = 21'), { javaVersion: 17 })).toEqual([
      ['languageSpecificConfig.javaVersion', '17, and sourceCompatibility in app/build.gradle says 21'],
    ]);
  });

  it.each<[string, Files, string]>([
    [
      'a toolchain that there is not',
      gradle('java.toolchain.languageVersion = JavaLanguageVersion.of(19)'),
      'the toolchain in app/build.gradle says 19',
    ],
    [
      'a version that there is not',
      gradle('sourceCompatibility = 26'),
      'sourceCompatibility in app/build.gradle says 26',
    ],
    [
      'a value that only the build knows',
      gradle('sourceCompatibility = compute()'),
      'sourceCompatibility in app/build.gradle, whose value only the build knows',
    ],
  ])('refuses %s', (_, files, found) => {
    expect(reports(files)).toEqual([['entryfilePath', found]]);
  });

  it('takes the setting for a value that only the build knows', () => {
    expect(runs(gradle('sourceCompatibility = compute()'), { javaVersion: 21 })).toBe(jre(21));
  });

  it('refuses a level that the compiler does not know any more', () => {
    expect(reports(gradle("sourceCompatibility = '1.7'"), { javaVersion: 21 })).toEqual([
      ['languageSpecificConfig.javaVersion', 'Java 21, and sourceCompatibility in app/build.gradle says 7'],
    ]);
  });
});

describe("the wrapper's Gradle", () => {
  const wrapped = (release: string, script = ''): Files => ({
    ...GRADLE,
    'app/build.gradle': `plugins { id 'java' }\n${script}\n`,
    gradlew: '',
    'gradle/wrapper/gradle-wrapper.jar': '',
    'gradle/wrapper/gradle-wrapper.properties': `distributionUrl=https\\://services.gradle.org/distributions/gradle-${release}-bin.zip\n`,
  });
  const stages = (files: Files, settings: Settings = {}) =>
    dockerfileOf(image(files, settings)).filter((line) => line.startsWith('FROM '));

  it('9 runs on Java 17, and so does the job if nothing says otherwise', () => {
    expect(stages(wrapped('9.1.0'))).toEqual([jdk(17, 'gradle'), jre(17)]);
  });

  it('9 compiles for an older level, or with an older toolchain next to it', () => {
    expect(stages(wrapped('9.1.0', 'sourceCompatibility = 11'))).toEqual([jdk(17, 'gradle'), jre(11)]);
    const lines = dockerfileOf(image(wrapped('9.1.0', 'java.toolchain.languageVersion = JavaLanguageVersion.of(11)')));
    expect(lines).toContain(`COPY --from=${baseImage('Java', '11', 'debian', 'gradle')} /opt/java/openjdk /opt/jdk`);
    expect(lines.join('\n')).toContain('-Porg.gradle.java.installations.paths=/opt/jdk');
  });

  it('6 compiles on its own Java what runs on a later one', () => {
    expect(stages(wrapped('6.9.4', 'sourceCompatibility = 11'), { javaVersion: 21 })).toEqual([
      jdk(11, 'gradle'),
      jre(21),
    ]);
  });

  it.each<[string, string, string, Settings, string]>([
    [
      'a level that it cannot compile',
      '7.2',
      'sourceCompatibility = 17',
      {},
      'Gradle 7.2, which runs on Java 8 to 16, and sourceCompatibility in app/build.gradle says 17',
    ],
    [
      'a version on which it does not run',
      '9.0.0',
      '',
      { javaVersion: 11 },
      '11, and Gradle 9.0.0 runs on Java 17 and later',
    ],
  ])('refuses %s', (_, release, script, settings, found) => {
    expect(reports(wrapped(release, script), settings).map(([, text]) => text)).toEqual([found]);
  });

  it('is used as it is if its release is unknown', () => {
    expect(stages(wrapped('nightly', 'sourceCompatibility = 25'))).toEqual([jdk(25, 'gradle'), jre(25)]);
  });
});

it("runs Maven's wrapper, of which 4 needs Java 17", () => {
  const files = (release: string) => ({
    'app/pom.xml': pom(''),
    'app/mvnw': '',
    'app/.mvn/wrapper/maven-wrapper.properties': `distributionUrl=https://x/apache-maven-${release}-bin.zip\n`,
    [ENTRY]: NIGHTLY,
  });
  expect(dockerfileOf(image(files('3.9.9'), BY_MAVEN)).join('\n')).toContain('RUN sh ./mvnw --batch-mode');
  expect(runs(files('3.9.9'), BY_MAVEN)).toBe(jre(11));
  expect(runs(files('4.0.0-rc-3'), BY_MAVEN)).toBe(jre(17));
});

it.each(['Job.kt', 'Job.scala', 'Job.groovy'])('says how %s can be run', (name) => {
  expect(problemsOf({ [name]: '' }, { entryfilePath: name })).toEqual([
    expect.objectContaining({
      property: ['entryfilePath'],
      fix: 'set a Java class whose main method calls it, or write a Dockerfile and use custom-dockerfile',
    }),
  ]);
});

it('refuses excludeDependencies, which would be without effect', () => {
  const properties = { entryfilePath: ENTRY, excludeDependencies: ['a'] };
  expect(problemsOf(GRADLE, properties)).toMatchObject([
    { property: ['excludeDependencies'], found: '"a"', accepted: 'nothing for Java' },
  ]);
});
