import { removeFolders } from '../../folder';
import { dockerfileOf, paths } from '../made';
import { BY_MAVEN, ENTRY, type Files, image, jdk, jre, MAVEN, NIGHTLY, PARENT, pom, reports, runs } from './project';

afterEach(removeFolders);

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
