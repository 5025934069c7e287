import { chooseVersion } from '../../modules/container/buildpack/chosen-version';
import {
  allBaseImages,
  type BaseLanguage,
  baseImage,
  baseRelease,
  defaultVersion,
  namedVersion,
  offeredVersions,
  officialImage,
  toolImage,
} from '../../modules/rules/base-images';

it.each<[BaseLanguage, string[], string]>([
  ['Node.js', ['16', '17', '18', '19', '20', '21', '22', '23', '24', '25', '26'], '24'],
  ['Python', ['2.7', '3.6', '3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'], '3.12'],
  ['Java', ['8', '11', '17', '21', '25'], '11'],
  ['Go', ['1.25', '1.26', '1.27'], '1.27'],
  ['Ruby', ['3.2', '3.3', '3.4', '4.0'], '3.3'],
  ['PHP', ['8.2', '8.3', '8.4', '8.5'], '8.3'],
  ['.NET', ['6', '8', '9', '10'], '8'],
])('offers %s in the versions %j', (language, versions, byDefault) => {
  expect(offeredVersions(language)).toEqual(versions);
  expect(defaultVersion(language)).toBe(byDefault);
});

it('names a patch version and a distribution in every tag', () => {
  const images = allBaseImages();
  expect(images.length).toBeGreaterThan(90);
  expect(new Set(images).size).toBe(images.length);
  const loose = images.filter((image) => !/:(\d+(\.\d+)+|8u\d+-b\d+|trixie-\d+)/.test(image));
  expect(loose).toEqual([]);
  expect(images.every((image) => /^(public\.ecr\.aws|mcr\.microsoft\.com|docker\.io)\//.test(image))).toBe(true);
});

it.each<[BaseLanguage, string | undefined]>([
  ['Node.js', undefined],
  ['Python', undefined],
  ['Java', undefined],
  ['Go', 'build'],
  ['Ruby', undefined],
  ['PHP', undefined],
  ['.NET', 'sdk'],
])('the images of %s have the release in their tags', (language, use) => {
  for (const version of offeredVersions(language, 'debian')) {
    expect(baseImage(language, version, 'debian', use)).toContain(`:${baseRelease(language, version)}-`);
  }
});

it('another release of a language has an image, too', () => {
  expect(officialImage('ruby', '3.3.4', 'alpine')).toBe('public.ecr.aws/docker/library/ruby:3.3.4-alpine');
  expect(officialImage('ruby', '3.3.4', 'debian')).toBe('public.ecr.aws/docker/library/ruby:3.3.4-slim');
});

it('gives the image by distribution and use', () => {
  expect(baseImage('Python', '3.10', 'alpine')).toBe('public.ecr.aws/docker/library/python:3.10.21-alpine3.24');
  expect(baseImage('Python', '3.10', 'debian')).toBe('public.ecr.aws/docker/library/python:3.10.21-slim-trixie');
  expect(baseImage('Java', '21', 'alpine', 'maven')).toBe(
    'public.ecr.aws/docker/library/maven:3.9.16-eclipse-temurin-21-noble',
  );
  expect(baseImage('.NET', '10', 'debian', 'sdk')).toBe('mcr.microsoft.com/dotnet/sdk:10.0.401-noble');
  expect(baseImage('Go', '1.27', 'debian', 'build')).toBe('public.ecr.aws/docker/library/golang:1.27.2-trixie');
  expect(toolImage('composer')).toBe('public.ecr.aws/docker/library/composer:2.10.3');
  expect(() => baseImage('Python', '2.7', 'debian')).toThrow('no base image of Python 2.7, debian');
});

it('takes the digest of a tag where it is known', () => {
  const image = 'public.ecr.aws/docker/library/ruby:3.3.12-alpine3.24';
  const digest = `sha256:${'a'.repeat(64)}`;
  jest.isolateModules(() => {
    jest.doMock('../../modules/rules/base-image-digests.json', () => ({ [image]: digest }));
    const known = require('../../modules/rules/base-images') as typeof import('../../modules/rules/base-images');
    expect(known.baseImage('Ruby', '3.3', 'alpine')).toBe(`${image}@${digest}`);
  });
});

it('knows a version by its number, which has no last zero', () => {
  expect(namedVersion('Ruby', 4)).toBe('4.0');
  expect(namedVersion('Ruby', '4.0')).toBe('4.0');
  expect(namedVersion('Python', 3.1)).toBeUndefined();
  expect(namedVersion('Python', '3.10')).toBe('3.10');
});

describe('the version of a job', () => {
  const ruby = (value: number | string | undefined, ...wishes: [found: string, accepted: string[]][]) =>
    chooseVersion(
      'Ruby',
      'alpine',
      { name: 'rubyVersion', value },
      wishes.map(([found, accepted]) => ({ found, accepts: (version) => accepted.includes(version) })),
    );

  it('is the one of the config before all', () => {
    expect(ruby(3.2, ['Gemfile', ['3.4']])).toEqual({ version: '3.2' });
  });

  it('is the default if nothing requires another one, or if all accept it', () => {
    expect(ruby(undefined)).toEqual({ version: '3.3' });
    expect(ruby(undefined, ['Gemfile', ['3.2', '3.3', '3.4']])).toEqual({ version: '3.3' });
  });

  it('is the newest that all wishes accept otherwise', () => {
    expect(ruby(undefined, ['.ruby-version', ['3.4', '4.0']], ['Gemfile', ['3.2', '3.4']])).toEqual({ version: '3.4' });
  });

  it('is refused with what there is if no image fits', () => {
    expect(ruby(undefined, ['.ruby-version, which says "3.1"', []], ['Gemfile', ['3.2']])).toEqual({
      ofSetting: false,
      finding: {
        found: '.ruby-version, which says "3.1"',
        accepted: 'Ruby 3.2, 3.3, 3.4, 4.0',
        fix: 'set languageSpecificConfig.rubyVersion to a version that the code works with, or write a Dockerfile and use custom-dockerfile',
      },
    });
  });

  it('is refused with those that do not go together, and not with all that a lockfile says', () => {
    const all = ['3.2', '3.3', '3.4', '4.0'];
    const found = (...wishes: [string, string[]][]) => {
      const chosen = ruby(undefined, ...wishes);
      return 'finding' in chosen ? chosen.finding.found : chosen.version;
    };
    expect(found(['a', all], ['b', ['3.2']], ['c', ['3.4']])).toBe('b, and c');
    const many = Array.from({ length: 5 }, (_, index): [string, string[]] => [`gem ${index}`, []]);
    expect(found(...many)).toBe('gem 0, and gem 1, and gem 2, and 2 more like it');
  });

  it('of the config is refused where only the other distribution has it', () => {
    expect(chooseVersion('Python', 'debian', { name: 'pythonVersion', value: 2.7 }, [])).toEqual({
      ofSetting: true,
      finding: {
        found: '2.7',
        accepted: 'Python 3.6, 3.7, 3.8, 3.9, 3.10, 3.11, 3.12, 3.13, 3.14, with requiresGlibcBinaries',
        fix: 'use 3.14, or write a Dockerfile and use custom-dockerfile',
      },
    });
  });
});
