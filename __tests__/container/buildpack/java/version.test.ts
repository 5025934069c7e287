import { removeFolders } from '../../folder';
import { BY_MAVEN, ENTRY, type Files, GRADLE, jre, MAVEN, NIGHTLY, PARENT, pom, reports, runs } from './project';

afterEach(removeFolders);

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
