import { Token } from 'cdktf';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import {
  distributionOf,
  installPackages,
  packageProblems,
  wantedPackages,
} from '../../../modules/container/buildpack/system-packages';

const properties = (more: object) => ({ entryfilePath: 'a.py', ...more }) as BuildpackProperties;

it.each([
  ['Python', {}, 'alpine'],
  ['Python', { requiresGlibcBinaries: false }, 'alpine'],
  ['Python', { requiresGlibcBinaries: true }, 'debian'],
  ['Java', {}, 'debian'],
])('an image for %s with %j is on %s', (language, more, distribution) => {
  expect(distributionOf(language, properties(more))).toBe(distribution);
});

it('each distribution has its property', () => {
  const both = properties({ apkPackages: ['curl'], aptPackages: ['git'] });
  expect(wantedPackages(both, 'alpine')).toEqual(['curl']);
  expect(wantedPackages(both, 'debian')).toEqual(['git']);
  expect(wantedPackages(properties({}), 'alpine')).toEqual([]);
});

describe('packages', () => {
  it('are installed by the manager of their distribution, which keeps no lists', () => {
    expect(installPackages('alpine', ['curl', 'libstdc++'])).toBe('RUN apk add --no-cache curl libstdc++');
    expect(installPackages('debian', ['curl'])).toBe(
      'RUN apt-get update && apt-get install --yes --no-install-recommends curl && rm -rf /var/lib/apt/lists/*',
    );
  });

  it('need no line if there are none', () => {
    expect(installPackages('alpine', [])).toBeUndefined();
  });

  it('are named once, and quoted if a shell would read more than a name', () => {
    expect(installPackages('alpine', ['a_b.c-1', 'curl', 'curl'])).toBe('RUN apk add --no-cache a_b.c-1 curl');
    expect(installPackages('alpine', ['curl=8.9', 'a;b', '>c'])).toBe("RUN apk add --no-cache 'curl=8.9' 'a;b' '>c'");
  });
});

describe('packages of the other distribution', () => {
  it.each<[string, 'alpine' | 'debian', object, object]>([
    [
      'Python',
      'alpine',
      { aptPackages: ['git', 'curl'], apkPackages: ['git'] },
      {
        property: ['aptPackages'],
        found: '"git", "curl", for an image on Alpine',
        accepted: 'apkPackages',
        fix: "set apkPackages to the package names of the image's distribution, or set requiresGlibcBinaries for an image on Debian",
      },
    ],
    [
      'Python',
      'debian',
      { apkPackages: ['git'] },
      {
        property: ['apkPackages'],
        found: '"git", for an image on Debian or Ubuntu',
        accepted: 'aptPackages',
        fix: "set aptPackages to the package names of the image's distribution, or remove requiresGlibcBinaries for an image on Alpine",
      },
    ],
    [
      'Java',
      'debian',
      { apkPackages: ['git'] },
      {
        property: ['apkPackages'],
        found: '"git", for an image on Debian or Ubuntu',
        accepted: 'aptPackages',
        fix: "set aptPackages to the package names of the image's distribution",
      },
    ],
  ])('are refused for %s on %s', (language, distribution, more, problem) => {
    expect(packageProblems(properties(more), distribution, language)).toEqual([problem]);
  });

  it.each([{}, { apkPackages: ['git'] }, { apkPackages: ['git'], aptPackages: [] }])('are none in %j', (more) => {
    expect(packageProblems(properties(more), 'alpine', 'Python')).toEqual([]);
  });
});

describe('a text that only Terraform knows', () => {
  const unknown = (...property: (string | number)[]) => ({
    property,
    found: 'a value that only Terraform knows',
    accepted: 'a string, because it is part of the Dockerfile',
    fix: 'write the value',
  });
  const token = Token.asString({ resolve: () => 'curl' });

  it('is refused in what becomes a part of the Dockerfile', () => {
    const given = properties({ apkPackages: ['git', token], customDockerBuildCommands: [token], aptPackages: ['git'] });
    const [wrong, ...others] = packageProblems(given, 'alpine', 'Python');
    expect(wrong).toMatchObject({ property: ['aptPackages'] });
    expect(others).toEqual([unknown('apkPackages', 1), unknown('customDockerBuildCommands', 0)]);
    expect(packageProblems(properties({ aptPackages: [token] }), 'debian', 'Go')).toEqual([unknown('aptPackages', 0)]);
  });
});
