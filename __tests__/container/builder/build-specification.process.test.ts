import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { BuildContext } from '../../../modules/container/build-context';
import { buildSpecification, quoted } from '../../../modules/container/builder/build-specification';
import { textEntry } from '../../../modules/container/source-files';
import { folder, removeFolders } from '../folder';

type Specification = {
  readonly phases: { readonly build: { readonly commands: string[]; readonly 'on-failure': string } };
};

const DOCKER: BuildContext = {
  architecture: 'arm64',
  method: { tool: 'docker', dockerfile: 'docker/Dockerfile', buildArgs: [["A'", `x`]] },
  files: [textEntry('Dockerfile', 'FROM scratch')],
  init: false,
};

/** Runs the commands one after another as CodeBuild does, with programs in place of aws and docker that say how they were called. */
function run(context: BuildContext, fail = 'nothing', more: readonly string[] = []) {
  // A call is one line, and so one write: the two programs of a pipe write at the same time.
  const program = (name: string) =>
    `#!/bin/bash\ncall=$(printf '%s\\0' ${name} "$@" | base64 | tr -d '\\n')\nprintf '%s\\n' "$call" >> "$LOG"\n[[ "${name} $*" == *"$FAIL"* ]] && exit 7\n[[ $* == *get-login-password* ]] && echo password\n[[ $* == *login* || $* == *" -" ]] && cat >> "$LOG.in"\n[[ $1 == s3 ]] && echo archive > context.tar.gz\nexit 0\n`;
  const root = folder({
    'bin/aws*': program('aws'),
    'bin/docker*': program('docker'),
    'bin/tar*': program('tar'),
    ...Object.fromEntries(more.map((name) => [`bin/${name}*`, program(name)])),
    log: '',
  });
  const { commands } = (JSON.parse(buildSpecification(context)) as Specification).phases.build;
  const ran: string[] = [];
  for (const command of commands) {
    ran.push(command);
    const { status } = spawnSync('bash', ['-c', command], {
      cwd: root,
      env: {
        PATH: `${join(root, 'bin')}:${process.env.PATH}`,
        LOG: join(root, 'log'),
        FAIL: fail,
        IMAGE: '1.dkr.ecr.eu-west-1.amazonaws.com/a:b',
        CONTEXT_URI: 's3://bucket/key.tar.gz',
        AWS_REGION: 'eu-west-1',
      },
    });
    if (status !== 0) break;
  }
  const calls = readFileSync(join(root, 'log'), 'utf8').split('\n').slice(0, -1);
  return { root, ran, calls: calls.map((call) => Buffer.from(call, 'base64').toString().split('\0').slice(0, -1)) };
}

afterEach(removeFolders);

describe('the commands of a build, run with programs in place of aws and docker', () => {
  it('fetch, build for the architecture, log in and push', () => {
    const { calls, root } = run({ ...DOCKER, method: { tool: 'docker', dockerfile: 'D', buildArgs: [] } });
    const image = '1.dkr.ecr.eu-west-1.amazonaws.com/a:b';
    expect(calls.slice(0, 2)).toEqual([
      ['aws', 's3', 'cp', '--only-show-errors', 's3://bucket/key.tar.gz', 'context.tar.gz'],
      ['docker', 'build', '--platform', 'linux/arm64', '--file', 'D', '--tag', image, '-'],
    ]);
    // The two of a pipe start in either order.
    expect(calls.slice(2, 4).sort()).toEqual([
      ['aws', 'ecr', 'get-login-password', '--region', 'eu-west-1'],
      ['docker', 'login', '--username', 'AWS', '--password-stdin', '1.dkr.ecr.eu-west-1.amazonaws.com'],
    ]);
    expect(calls.slice(4)).toEqual([['docker', 'push', '--quiet', image]]);
    expect(readFileSync(join(root, 'log.in'), 'utf8')).toBe('archive\npassword\n');
  });

  it('hand arguments over to the letter', () => {
    const { calls } = run({
      ...DOCKER,
      method: { tool: 'docker', dockerfile: "it's", buildArgs: [['A', `it's "$HOME" \`id\` \\ $(id) \${x}`]] },
    });
    expect(calls[1]).toEqual(expect.arrayContaining(["it's", `A=it's "$HOME" \`id\` \\ $(id) \${x}`]));
  });

  it('build for x86_64 by its own name', () => {
    expect(run({ ...DOCKER, architecture: 'x86_64' }).calls[1]).toContain('linux/amd64');
  });

  it.each(['aws s3', 'docker build', 'aws ecr', 'docker login', 'docker push'])(
    'end with the one that fails: %s',
    (name) => {
      const { calls, ran } = run(DOCKER, name);
      expect(ran.at(-1)).toContain(name);
      expect(calls.some((call) => call.join(' ').startsWith('docker push'))).toBe(name === 'docker push');
    },
  );

  const method = {
    tool: 'pack',
    builder: 'builder:1',
    buildpacks: ['b/a', "it's"],
    variables: [['BPE_X', '1 2']],
  } as const;
  const options = [
    ...['--builder', 'builder:1', '--buildpack', 'b/a', '--buildpack', "it's", '--env', 'BPE_X=1 2'],
    ...['--platform', 'linux/arm64', '--trust-builder'],
  ];
  const image = '1.dkr.ecr.eu-west-1.amazonaws.com/a:b';

  it('build with pack where it is, as on the machines of CodeBuild', () => {
    const [, tar, pack, ...rest] = run({ ...DOCKER, method }, 'nothing', ['pack']).calls;
    expect(tar).toEqual(['tar', '-xf', 'context.tar.gz', '-C', 'source']);
    expect(pack).toEqual(['pack', 'build', image, '--path', 'source', ...options]);
    expect(rest.at(-1)).toEqual(['docker', 'push', '--quiet', image]);
  });

  it('build with pack in a container elsewhere, which talks to the same engine', () => {
    const [, , pack = []] = run({ ...DOCKER, method }).calls;
    expect(pack.slice(0, 3)).toEqual(['docker', 'run', '--rm']);
    expect(pack).toContain('/var/run/docker.sock:/var/run/docker.sock');
    expect(pack.slice(-options.length - 4)).toEqual(['build', image, '--path', '/source', ...options]);
  });
});

it('ends with the first command that fails, as CodeBuild is told', () => {
  expect((JSON.parse(buildSpecification(DOCKER)) as Specification).phases.build['on-failure']).toBe('ABORT');
});

it('quotes any text for a shell', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      (text) => {
        const { stdout } = spawnSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' });
        expect(stdout).toBe(text);
      },
    ),
    { numRuns: 50 },
  );
});
