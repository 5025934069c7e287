import { accepts } from '../../../modules/container/buildpack/dotnet/global-json';
import { removeFolders } from '../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf } from './made';

afterEach(removeFolders);

const JOB = { entryfilePath: 'Program.cs' };
const PLAIN =
  '-p:UseAppHost=false -p:SelfContained=false -p:PublishSingleFile=false -p:PublishTrimmed=false -p:PublishAot=false';

/** A project file: properties, and further elements as they are. */
function csproj(properties: Record<string, string> = {}, items = '', sdk = 'Microsoft.NET.Sdk'): string {
  const all = { OutputType: 'Exe', TargetFramework: 'net8.0', ...properties };
  const group = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<Project Sdk="${sdk}"><PropertyGroup>${group.join('')}</PropertyGroup><ItemGroup>${items}</ItemGroup></Project>`;
}

it('restores the packages before the sources are there', () => {
  const context = made({ 'Nightly.csproj': csproj(), 'Program.cs': '', 'bin/x': '', 'obj/x': '' }, JOB);
  expect(dockerfileOf(context)).toEqual([
    'FROM mcr.microsoft.com/dotnet/sdk:8.0.424-alpine3.23 AS build',
    'WORKDIR /src',
    'COPY manifests/ ./',
    `RUN dotnet restore 'Nightly.csproj' ${PLAIN}`,
    'COPY app/ ./',
    `RUN dotnet publish 'Nightly.csproj' --configuration Release --output /out --no-restore ${PLAIN}`,
    '',
    'FROM mcr.microsoft.com/dotnet/runtime:8.0.30-alpine3.23',
    'RUN mkdir -p /app && chown 1000:1000 /app',
    'WORKDIR /app',
    'ENV HOME=/tmp DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false',
    'RUN apk add --no-cache ca-certificates curl icu-libs icu-data-full tzdata',
    'COPY start.sh /opt/stp/',
    'COPY --from=build --chown=1000:1000 /out/ ./',
    'USER 1000:1000',
    'CMD ["/opt/stp/start.sh","dotnet","/app/Nightly.dll"]',
  ]);
  expect(paths(context)).toEqual([
    'Dockerfile',
    'app/Nightly.csproj',
    'app/Program.cs',
    'manifests/Nightly.csproj',
    'start.sh',
  ]);
});

it('takes the name, the culture and the web from the project', () => {
  const context = made(
    {
      'Nightly.csproj': csproj(
        { AssemblyName: 'Acme.$(MSBuildProjectName)', InvariantGlobalization: 'true', OutputType: '' },
        '',
        'Microsoft.NET.Sdk.Web',
      ),
      'Program.cs': '',
    },
    { ...JOB, requiresGlibcBinaries: true },
  );
  expect(commandOf(context).at(-1)).toBe('/app/Acme.Nightly.dll');
  expect(dockerfileOf(context)).toEqual(
    expect.arrayContaining(['FROM mcr.microsoft.com/dotnet/aspnet:8.0.30-bookworm-slim', 'ENV HOME=/tmp']),
  );
});

it('sends the files in includeFiles next to the output', () => {
  const files = { 'Nightly.csproj': csproj(), 'Program.cs': '', 'data/a.csv': '' };
  const context = made(files, { ...JOB, includeFiles: ['data/*.csv'] });
  expect(dockerfileOf(context)).toContain('COPY --chown=1000:1000 included/ ./');
});

describe('what is next to the project', () => {
  const REPOSITORY = {
    '.git/HEAD': '',
    'Acme.sln': '',
    'Directory.Build.props':
      '<Project><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup><Import Project="build/common.props"/></Project>',
    'build/common.props': '<Project><PropertyGroup><AssemblyName>acme-job</AssemblyName></PropertyGroup></Project>',
    'Directory.Packages.props': '<Project/>',
    'NuGet.config': '<configuration/>',
    'global.json': '{ "sdk": { "version": "9.0.100", "rollForward": "latestFeature" } }',
    'src/Job/Job.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup><ItemGroup><ProjectReference Include="..\\Text\\Text.csproj" /><Compile Include="..\\..\\shared\\**\\*.cs" /><None Include="..\\..\\data\\words.txt" CopyToOutputDirectory="Always" /></ItemGroup></Project>',
    'src/Job/Program.cs': '',
    'src/Text/Text.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../Deep/Deep.csproj" /></ItemGroup></Project>',
    'src/Text/Text.cs': '',
    'src/Deep/Deep.csproj': '<Project Sdk="Microsoft.NET.Sdk"/>',
    'src/Deep/Deep.cs': '',
    'src/Other/Other.csproj': '<Project Sdk="Microsoft.NET.Sdk"/>',
    'shared/a/Shared.cs': '',
    'data/words.txt': '',
    'data/other.txt': '',
  };

  it('is sent at its place: projects, props, settings and files', () => {
    const context = made(REPOSITORY, { entryfilePath: 'src/Job/Program.cs' });
    expect(paths(context).filter((path) => path.startsWith('app/'))).toEqual([
      'app/Directory.Build.props',
      'app/Directory.Packages.props',
      'app/NuGet.config',
      'app/build/common.props',
      'app/data/words.txt',
      'app/global.json',
      'app/shared/a/Shared.cs',
      'app/src/Deep/Deep.cs',
      'app/src/Deep/Deep.csproj',
      'app/src/Job/Job.csproj',
      'app/src/Job/Program.cs',
      'app/src/Text/Text.cs',
      'app/src/Text/Text.csproj',
    ]);
    expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
      'manifests/Directory.Build.props',
      'manifests/Directory.Packages.props',
      'manifests/NuGet.config',
      'manifests/build/common.props',
      'manifests/global.json',
      'manifests/src/Deep/Deep.csproj',
      'manifests/src/Job/Job.csproj',
      'manifests/src/Text/Text.csproj',
    ]);
    expect(dockerfileOf(context)).toEqual(
      expect.arrayContaining([
        'FROM mcr.microsoft.com/dotnet/sdk:9.0.318-alpine3.23 AS build',
        `RUN dotnet restore 'src/Job/Job.csproj' ${PLAIN}`,
        'FROM mcr.microsoft.com/dotnet/runtime:9.0.19-alpine3.23',
      ]),
    );
    expect(commandOf(context).at(-1)).toBe('/app/acme-job.dll');
  });

  it('is the same from a config in the project, whose sources do not touch the layer of the packages', () => {
    const changed = { ...REPOSITORY, 'src/Text/Text.cs': 'class Text {}' };
    const layer = (files: Record<string, string>) =>
      made(files, { entryfilePath: 'src/Job/Program.cs' }).files.filter(({ path }) => path.startsWith('manifests/'));
    expect(layer(changed).map(({ path }) => path)).toEqual(layer(REPOSITORY).map(({ path }) => path));
  });

  it('is refused if it is not there', () => {
    const { 'src/Deep/Deep.csproj': _, ...files } = REPOSITORY;
    expect(problemsOf(files, { entryfilePath: 'src/Job/Program.cs' })).toMatchObject([
      { found: 'Text.csproj, which names "../Deep/Deep.csproj": no such file or folder' },
    ]);
  });

  it('is refused if it is outside of the repository', () => {
    const reference = '<ProjectReference Include="../lib/Lib.csproj" />';
    const files = { '.git/HEAD': '', 'Job.csproj': csproj({}, reference), 'Program.cs': '' };
    expect(problemsOf(files, JOB)).toMatchObject([
      { found: 'Job.csproj, which names "../lib/Lib.csproj", outside of the repository' },
    ]);
  });

  it('passes the build the path of the solution, if a file needs it', () => {
    const files = {
      'Acme.sln': '',
      'src/Job.csproj': csproj({}, '<Compile Include="$(SolutionDir)shared/A.cs" />'),
      'src/Program.cs': '',
      'shared/A.cs': '',
    };
    const context = made(files, { entryfilePath: 'src/Program.cs' });
    expect(paths(context)).toContain('app/shared/A.cs');
    expect(dockerfileOf(context)[3]).toBe(`RUN dotnet restore 'src/Job.csproj' -p:SolutionDir=/src/ ${PLAIN}`);
  });

  it('is restored from the packages next to it that nuget.config names', () => {
    const files = {
      'NuGet.Config':
        '<configuration><packageSources><add key="own" value=".\\\\feed" /><add key="web" value="https://api.nuget.org/v3/index.json" /></packageSources></configuration>',
      'feed/Acme.1.0.0.nupkg': '',
      'src/Job.csproj': csproj(),
      'src/Program.cs': '',
    };
    expect(paths(made(files, { entryfilePath: 'src/Program.cs' }))).toContain('manifests/feed/Acme.1.0.0.nupkg');
  });

  it('takes ASP.NET Core into account where a library needs it', () => {
    const files = {
      'Job.csproj': csproj({}, '<ProjectReference Include="lib/Lib.csproj" />'),
      'Program.cs': '',
      'lib/Lib.csproj': csproj({ OutputType: 'Library' }, '<FrameworkReference Include="Microsoft.AspNetCore.App" />'),
    };
    expect(dockerfileOf(made(files, JOB))).toContain('FROM mcr.microsoft.com/dotnet/aspnet:8.0.30-alpine3.23');
  });
});

it('restores exactly what packages.lock.json says', () => {
  const context = made({ 'Job.csproj': csproj(), 'packages.lock.json': '{}', 'Program.cs': '' }, JOB);
  expect(dockerfileOf(context)[3]).toBe(`RUN dotnet restore 'Job.csproj' --locked-mode ${PLAIN}`);
  expect(paths(context)).toContain('manifests/packages.lock.json');
});

it('builds a project for one platform for that of the image', () => {
  const context = made({ 'Job.csproj': csproj({ RuntimeIdentifier: 'win-x64' }), 'Program.cs': '' }, JOB);
  expect(dockerfileOf(context)[3]).toBe(`RUN dotnet restore 'Job.csproj' --runtime linux-musl-x64 ${PLAIN}`);
});

describe('the version', () => {
  const bases = (files: Record<string, string>, dotnetVersion?: number, glibc = false) =>
    dockerfileOf(
      made(
        { 'Program.cs': '', ...files },
        { ...JOB, requiresGlibcBinaries: glibc, languageSpecificConfig: { dotnetVersion } },
      ),
    )
      .filter((line) => line.startsWith('FROM'))
      .map((line) => line.replace(/FROM mcr\.microsoft\.com\/dotnet\/| AS build/g, ''));

  it.each([
    ['net6.0', false, ['sdk:6.0-alpine3.18', 'runtime:6.0-alpine3.18']],
    ['net9.0', false, ['sdk:9.0.318-alpine3.23', 'runtime:9.0.19-alpine3.23']],
    ['net10.0', false, ['sdk:10.0.401-alpine3.23', 'runtime:10.0.12-alpine3.23']],
    ['net10.0', true, ['sdk:10.0.401-noble', 'runtime:10.0.12-noble']],
  ])('of %s, with glibc %s', (framework, glibc, expected) => {
    expect(bases({ 'Job.csproj': csproj({ TargetFramework: framework }) }, undefined, glibc)).toEqual(expected);
  });

  it('of several frameworks is the default if it is among them, else the newest that there is', () => {
    const several = (text: string) => ({ 'Job.csproj': csproj({ TargetFrameworks: text }) });
    expect(bases(several('netstandard2.0;net8.0;net9.0'))[1]).toBe('runtime:8.0.30-alpine3.23');
    expect(bases(several('net7.0;net9.0;net10.0'))[1]).toBe('runtime:10.0.12-alpine3.23');
    const context = made({ ...several('net7.0;net9.0'), 'Program.cs': '' }, JOB);
    expect(dockerfileOf(context)[5]).toContain('--no-restore --framework net9.0 ');
  });

  it('of the config counts, and runs what was built for an older one', () => {
    const files = { 'Job.csproj': csproj(), 'Program.cs': '' };
    expect(bases(files, 10)).toEqual(['sdk:10.0.401-alpine3.23', 'runtime:10.0.12-alpine3.23']);
    const context = made(files, { ...JOB, languageSpecificConfig: { dotnetVersion: 10 } });
    expect(dockerfileOf(context)).toContain(
      'ENV HOME=/tmp DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false DOTNET_ROLL_FORWARD=Major',
    );
    expect(problemsOf(files, { ...JOB, languageSpecificConfig: { dotnetVersion: 6 } })).toMatchObject([
      { property: ['languageSpecificConfig', 'dotnetVersion'], found: '6, of a project for "net8.0"' },
    ]);
  });

  it.each([
    ['net7.0', 'a project for "net7.0"'],
    ['net48', 'a project for "net48"'],
    ['netstandard2.1', 'a project for "netstandard2.1"'],
    ['net8.0-windows', 'a project for "net8.0-windows"'],
    ['', 'no TargetFramework in the project file and what it imports'],
  ])('of %j is refused', (framework, found) => {
    const files = { 'Job.csproj': csproj({ TargetFramework: framework }), 'Program.cs': '' };
    expect(problemsOf(files, JOB)).toMatchObject([
      {
        property: ['entryfilePath'],
        found,
        accepted: '.NET 6, 8, 9, 10',
        fix: expect.stringMatching(/TargetFramework|dotnetVersion/),
      },
    ]);
  });
});

describe('global.json', () => {
  const files = (sdk: object) => ({
    'Job.csproj': csproj(),
    'Program.cs': '',
    'global.json': `// wanted\n${JSON.stringify({ sdk })}`,
  });

  it.each([
    [{ version: '8.0.400' }, '8.0.424'],
    [{ version: '8.0.100', rollForward: 'latestFeature' }, '8.0.424'],
    [{ version: '9.0.300' }, '9.0.318'],
    [{ version: '9.0.100', rollForward: 'latestMinor' }, '9.0.318'],
    [{ allowPrerelease: true }, '8.0.424'],
  ])('%j is built by SDK %s, and run by .NET 8', (sdk, release) => {
    const lines = dockerfileOf(made(files(sdk), JOB)).filter((line) => line.startsWith('FROM'));
    expect(lines).toEqual([
      `FROM mcr.microsoft.com/dotnet/sdk:${release}-alpine3.23 AS build`,
      'FROM mcr.microsoft.com/dotnet/runtime:8.0.30-alpine3.23',
    ]);
  });

  it('that wants an SDK that no image has is refused', () => {
    expect(problemsOf(files({ version: '8.0.100' }), JOB)).toEqual([
      {
        property: ['entryfilePath'],
        found: 'a global.json that wants SDK "8.0.100" with rollForward "latestPatch"',
        accepted: 'an SDK of the images: 8.0.424, 9.0.318, 10.0.401',
        fix: 'set "rollForward": "latestFeature" in its "sdk", or "latestMajor" for a newer major version',
      },
    ]);
  });

  it.each([
    ['disable', '8.0.424', true],
    ['disable', '8.0.423', false],
    ['patch', '8.0.400', true],
    ['latestPatch', '8.0.300', false],
    ['feature', '8.0.100', true],
    ['latestFeature', '8.1.100', false],
    ['minor', '8.0.100', true],
    ['latestMinor', '7.0.100', false],
    ['latestMajor', '6.0.100', true],
    ['latestMajor', '9.0.100', false],
  ])('with rollForward %s and version %s takes SDK 8.0.424: %s', (rollForward, version, expected) => {
    expect(accepts({ version, rollForward }, '8.0.424')).toBe(expected);
  });
});

describe('a project file is refused', () => {
  it.each([
    ['of a library', csproj({ OutputType: 'Library' }), '"Job.csproj", a library: its OutputType is not Exe'],
    ['without OutputType', csproj({ OutputType: '' }), '"Job.csproj", a library: its OutputType is not Exe'],
    ['of tests', csproj({ IsTestProject: 'true' }), '"Job.csproj", a test project'],
    [
      'with a framework for tests',
      csproj({}, '<PackageReference Include="Microsoft.NET.Test.Sdk" Version="17.0.0" />'),
      '"Job.csproj", a test project',
    ],
  ])('%s', (_, text, found) => {
    expect(problemsOf({ 'Job.csproj': text, 'Program.cs': '' }, JOB)).toMatchObject([
      { property: ['languageSpecificConfig', 'projectFile'], found, accepted: 'the project of a program' },
    ]);
  });

  it('that is no XML', () => {
    expect(problemsOf({ 'Job.csproj': '<Project>', 'Program.cs': '' }, JOB)).toMatchObject([
      { property: ['entryfilePath'], found: '"Job.csproj", which is no well-formed XML' },
    ]);
  });

  it('next to another one, unless one is named', () => {
    const files = { 'A.csproj': csproj(), 'B.csproj': csproj(), 'Program.cs': '' };
    expect(problemsOf(files, JOB)).toMatchObject([
      { found: '"A.csproj", "B.csproj"', fix: 'set the project file of the job' },
    ]);
    const context = made(files, { ...JOB, languageSpecificConfig: { projectFile: 'B.csproj' } });
    expect(commandOf(context).at(-1)).toBe('/app/B.dll');
  });

  it('if there is none, if it is not there, or if the entry file is not in it', () => {
    expect(problemsOf({ 'Program.cs': '' }, JOB)).toMatchObject([{ fix: 'add a .csproj file to the project' }]);
    const named = (projectFile: string) => ({ ...JOB, languageSpecificConfig: { projectFile } });
    expect(problemsOf({ 'Program.cs': '' }, named('X.csproj'))).toMatchObject([{ found: '"X.csproj": no such file' }]);
    expect(problemsOf({ 'Program.cs': '', 'a/X.csproj': csproj() }, named('a/X.csproj'))).toMatchObject([
      { property: ['entryfilePath'], found: 'a file outside of the project that projectFile names' },
    ]);
  });
});

it('refuses excludeDependencies, which .NET cannot follow', () => {
  const files = { 'Job.csproj': csproj(), 'Program.cs': '' };
  expect(problemsOf(files, { ...JOB, excludeDependencies: ['X'] })).toMatchObject([
    { property: ['excludeDependencies'], accepted: 'nothing for .NET' },
  ]);
});
