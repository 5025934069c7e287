import { join } from 'node:path';
import { contextDigest } from '../../../../modules/container/build-context';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { baseImage } from '../../../../modules/rules/base-images';
import { folder, removeFolders } from '../../folder';
import { commandOf, dockerfileOf, paths, textOf } from '../made';
import { ENTRY, type Files, GRADLE, image, jdk, jre, NIGHTLY, reports, type Settings } from './project';

afterEach(removeFolders);

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
