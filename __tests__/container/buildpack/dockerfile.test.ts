import { TerraformVariable } from 'cdktf';
import { run } from '../../../modules/container/buildpack/dockerfile';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { foreignStack } from '../../synthesis';
import { removeFolders } from '../folder';
import { dockerfileOf, made, problemsOf } from './made';

type Files = { readonly [path: string]: string };

afterEach(removeFolders);

/** Each language with something to install, the line that installs it, and the tools of that stage and of the job's. */
const LANGUAGES: readonly (readonly [name: string, files: Files, entryfilePath: string, installs: RegExp])[] = [
  [
    'JavaScript',
    {
      'job.js': "import 'a';\n",
      'package.json': '{"dependencies":{"a":"1.0.0"}}',
      'package-lock.json': '{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}}',
      'node_modules/a/package.json': '{"name":"a","version":"1.0.0","main":"a.js"}',
      'node_modules/a/a.js': '',
      'node_modules/a/binding.gyp': '',
    },
    'job.js',
    /^RUN npm ci/,
  ],
  ['Python', { 'job.py': '', 'requirements.txt': 'six' }, 'job.py', /pip install .*requirements\.txt/],
  [
    'Go',
    { 'job.go': 'package main\nfunc main() {}\n', 'go.mod': 'module a\nrequire example.com/b v1.0.0\n' },
    'job.go',
    /^RUN go mod download/,
  ],
  [
    'Java',
    {
      'src/main/java/Job.java': 'class Job {\n  public static void main(String[] args) {}\n}\n',
      'build.gradle': "plugins { id 'java' }",
    },
    'src/main/java/Job.java',
    /^RUN gradle/,
  ],
  ['Ruby', { 'job.rb': '', Gemfile: '' }, 'job.rb', /^RUN bundle install/],
  ['PHP', { 'job.php': '', 'composer.json': '{}' }, 'job.php', /^RUN composer install/],
  [
    '.NET',
    {
      'Job.cs': '',
      'Job.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Worker"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
    },
    'Job.cs',
    /^RUN dotnet restore/,
  ],
];

/** Lines of the stage that installs, and of the job's own. */
function stages(lines: readonly string[]): [string[], string[]] {
  const start = lines.map((line) => line.startsWith('FROM ')).lastIndexOf(true);
  return [lines.slice(0, start), lines.slice(start)];
}

describe.each(LANGUAGES)('%s', (name, files, entryfilePath, installs) => {
  const alpine = name !== 'Java';
  const image = (properties: Partial<BuildpackProperties> = {}) =>
    dockerfileOf(made(files, { entryfilePath, ...properties }));

  it('owns its working folder and everything in it', () => {
    const [, own] = stages(image());
    expect(own.slice(1, 3)).toEqual(['RUN mkdir -p /app && chown 1000:1000 /app', 'WORKDIR /app']);
    const intoApp = own.filter((line) => line.startsWith('COPY ') && / \.\/\S*$/.test(line));
    // For a Java project, only includeFiles adds something there.
    if (name !== 'Java') expect(intoApp.length).toBeGreaterThan(0);
    for (const line of intoApp) expect(line).toContain('--chown=1000:1000');
    expect(own.at(-2)).toBe('USER 1000:1000');
  });

  it('starts what the context says, as data for those who run it without its image', () => {
    const { launch, ...context } = made(files, { entryfilePath });
    const [, own] = stages(dockerfileOf(context));
    const written = (instruction: string) =>
      [...own]
        .reverse()
        .find((line) => line.startsWith(`${instruction} `))
        ?.slice(instruction.length + 1);
    expect(JSON.parse(written('CMD') ?? '')).toEqual(launch?.command);
    expect(written('USER')).toBe(launch?.user);
    expect(written('WORKDIR')).toBe(launch?.workingDirectory);
    const variables = Object.entries(launch?.variables ?? {}).map(([variable, value]) => `${variable}=${value}`);
    expect(written('ENV')).toBe(variables.join(' '));
  });

  it.each([false, true])(
    'installs packages of the distribution before its own, and where it runs: glibc %s',
    (glibc) => {
      const apk = alpine && !glibc;
      const packages = { [apk ? 'apkPackages' : 'aptPackages']: ['ffmpeg', 'imagemagick=7.1'] };
      const [build, own] = stages(image({ requiresGlibcBinaries: glibc, ...packages }));
      const line = apk
        ? /^RUN apk add --no-cache .*ffmpeg 'imagemagick=7\.1'$/
        : /^RUN apt-get update && apt-get install --yes --no-install-recommends .*ffmpeg 'imagemagick=7\.1' && rm -rf \/var\/lib\/apt\/lists\/\*$/;
      const [first, last] = [build, own].map((lines) => lines.findIndex((one) => line.test(one)));
      expect(first).toBeGreaterThan(0);
      expect(last).toBeGreaterThan(0);
      expect(first).toBeLessThan(build.findIndex((one) => installs.test(one)));
    },
  );

  it('runs commands of the config after the packages of the distribution, before those of the project and before the job is there', () => {
    const packages = { [alpine ? 'apkPackages' : 'aptPackages']: ['ffmpeg'] };
    const [build, own] = stages(image({ ...packages, customDockerBuildCommands: ['echo one', 'echo two'] }));
    for (const lines of [build, own]) {
      const at = lines.indexOf('RUN echo one');
      expect(lines[at - 1]).toContain('ffmpeg');
      expect(lines[at + 1]).toBe('RUN echo two');
    }
    expect(build.indexOf('RUN echo two')).toBeLessThan(build.findIndex((line) => installs.test(line)));
    expect(own.indexOf('RUN echo two')).toBeLessThan(own.findIndex((line) => line.startsWith('COPY ')));
  });

  it('hands build secrets to what installs packages and to the commands of the config, in both stages', () => {
    const packages = { [alpine ? 'apkPackages' : 'aptPackages']: ['ffmpeg'] };
    const [build, own] = stages(
      image({ ...packages, buildSecrets: { TOKEN: "$Secret('npm.token')" }, customDockerBuildCommands: ['echo one'] }),
    );
    const mount = '--mount=type=secret,id=TOKEN,required=true export TOKEN="$(cat /run/secrets/TOKEN)" && ';
    for (const lines of [build, own]) expect(lines).toContain(`RUN ${mount}echo one`);
    const installing = build.find((line) => installs.test(line.replace(mount, '')));
    expect(installing).toContain(mount);
  });

  it('refuses packages and commands that only Terraform knows', () => {
    const text = new TerraformVariable(foreignStack(), 'v', {}).stringValue;
    const own = alpine ? 'apkPackages' : 'aptPackages';
    const given = { entryfilePath, [own]: ['a', text], customDockerBuildCommands: [`echo ${text}`] };
    expect(problemsOf(files, given).map(({ property, found }) => [...property, found])).toEqual([
      [own, 1, 'a value that only Terraform knows'],
      ['customDockerBuildCommands', 0, 'a value that only Terraform knows'],
    ]);
  });

  it("refuses packages of the other distribution, and names the property of the image's own", () => {
    const wrong = (properties: Partial<BuildpackProperties>) =>
      problemsOf(files, { entryfilePath, ...properties }).map(({ property, found, accepted, fix }) => [
        ...property,
        found,
        accepted,
        fix,
      ]);
    const onDebian = wrong({ requiresGlibcBinaries: true, apkPackages: ['ffmpeg'], aptPackages: ['git'] });
    expect(onDebian).toEqual([
      [
        'apkPackages',
        '"ffmpeg", for an image on Debian or Ubuntu',
        'aptPackages',
        `set aptPackages to the package names of the image's distribution${
          alpine ? ', or remove requiresGlibcBinaries for an image on Alpine' : ''
        }`,
      ],
    ]);
    const byDefault = wrong({ aptPackages: ['ffmpeg'] });
    expect(byDefault).toEqual(
      alpine
        ? [
            [
              'aptPackages',
              '"ffmpeg", for an image on Alpine',
              'apkPackages',
              "set apkPackages to the package names of the image's distribution, or set requiresGlibcBinaries for an image on Debian",
            ],
          ]
        : [],
    );
  });
});

it.each([
  ['one line with its end', 'echo one\n', 'RUN echo one'],
  ['several lines', 'echo one\n  echo "two"\n', 'RUN ["/bin/sh","-ec","echo one\\n  echo \\"two\\""]'],
  ['lines that go on', 'echo one \\\n  two', 'RUN echo one \\\n  two'],
  ['a document', 'cat > /x <<END\none\nEND', 'RUN ["/bin/sh","-ec","cat > /x <<END\\none\\nEND"]'],
])('a command of %s is one instruction', (_, command, line) => {
  expect(run({ secrets: [] }, command)).toBe(line);
});

it('a command of several lines has build secrets before them', () => {
  expect(run({ secrets: ['A'] }, 'one\ntwo')).toBe(
    'RUN --mount=type=secret,id=A,required=true ["/bin/sh","-ec","export A=\\"$(cat /run/secrets/A)\\" && one\\ntwo"]',
  );
});

describe('a command with build secrets', () => {
  const secrets = ['NPM_TOKEN', 'PIP_INDEX_URL'];
  const mounts = '--mount=type=secret,id=NPM_TOKEN,required=true --mount=type=secret,id=PIP_INDEX_URL,required=true';

  it.each([
    [
      'npm ci',
      `RUN ${mounts} export NPM_TOKEN="$(cat /run/secrets/NPM_TOKEN)" && export PIP_INDEX_URL="$(cat /run/secrets/PIP_INDEX_URL)" && npm ci`,
    ],
    ['["npm", "ci"]', `RUN ${mounts} ["npm", "ci"]`],
    [
      '--network=none --mount=type=cache,target=/c  npm ci',
      `RUN --network=none --mount=type=cache,target=/c  ${mounts} export NPM_TOKEN="$(cat /run/secrets/NPM_TOKEN)" && export PIP_INDEX_URL="$(cat /run/secrets/PIP_INDEX_URL)" && npm ci`,
    ],
  ])('%s', (command, line) => {
    expect(run({ secrets }, command)).toBe(line);
    expect(run({ secrets: [] }, command)).toBe(`RUN ${command}`);
  });
});
