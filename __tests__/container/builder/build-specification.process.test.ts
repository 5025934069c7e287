import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

const CACHE = { repository: 'reports-layers', tag: 'nightly-arm64' };
const IMAGE = '1.dkr.ecr.eu-west-1.amazonaws.com/a:b';

/**
 * Runs the commands one after another as CodeBuild does, with programs in place of aws and docker that say how they were called.
 *
 * @param fail which calls fail, as a regular expression
 * @param more further programs that are there
 */
function run(context: BuildContext, fail = 'nothing', more: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  // A call is one line, and so one write: the two programs of a pipe write at the same time.
  const program = (name: string) =>
    `#!/bin/bash\ncall=$(printf '%s\\0' ${name} "$@" | base64 | tr -d '\\n')\nprintf '%s\\n' "$call" >> "$LOG"\n[[ "${name} $*" =~ $FAIL ]] && exit 7\n[[ $* == *get-login-password* ]] && echo password\n[[ $1 == info ]] && echo "$STORE"\n[[ $* == *login* || $* == *" -" ]] && cat >> "$LOG.in"\n[[ $1 == s3 ]] && echo archive > context.tar.gz\nexit 0\n`;
  const root = folder({
    'bin/aws*': program('aws'),
    'bin/docker*': program('docker'),
    'bin/tar*': program('tar'),
    ...Object.fromEntries(more.map((name) => [`bin/${name}*`, program(name)])),
    log: '',
  });
  const { commands } = (JSON.parse(buildSpecification(context, CACHE)) as Specification).phases.build;
  const ran: string[] = [];
  let status: number | null = null;
  for (const command of commands) {
    ran.push(command);
    ({ status } = spawnSync('bash', ['-c', command], {
      cwd: root,
      env: {
        PATH: `${join(root, 'bin')}:${process.env.PATH}`,
        LOG: join(root, 'log'),
        FAIL: fail,
        IMAGE,
        CONTEXT_URI: 's3://bucket/key.tar.gz',
        AWS_REGION: 'eu-west-1',
        ...env,
      },
    }));
    if (status !== 0) break;
  }
  const calls = readFileSync(join(root, 'log'), 'utf8').split('\n').slice(0, -1);
  return {
    root,
    ran,
    status,
    calls: calls.map((call) => Buffer.from(call, 'base64').toString().split('\0').slice(0, -1)),
  };
}

/** The calls in the order that the commands make them: the two of a pipe start in either order. */
const ordered = (calls: readonly string[][]) =>
  calls.map((call) => call.join(' ')).map((call) => call.replace(/^(aws ecr|docker login).*/, 'log in'));

afterEach(removeFolders);

describe('the commands of a build, run with programs instead of aws and docker', () => {
  const from = 'type=registry,ref=1.dkr.ecr.eu-west-1.amazonaws.com/reports-layers:nightly-arm64';
  const to = `${from},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`;
  const kept = ['--cache-from', from, '--cache-to', to, '--provenance=false', '--sbom=false', '--push'];
  const plain = { ...DOCKER, method: { tool: 'docker', dockerfile: 'D', buildArgs: [] } } as const;
  const options = ['--platform', 'linux/arm64', '--file', 'D', '--tag', IMAGE, '-'];

  it('fetch, log in, and build for the architecture with the layers of the build before, whose own layers they keep', () => {
    const { calls, root } = run(plain);
    expect(calls[0]).toEqual(['aws', 's3', 'cp', '--only-show-errors', 's3://bucket/key.tar.gz', 'context.tar.gz']);
    expect(calls.slice(1, 3).sort()).toEqual([
      ['aws', 'ecr', 'get-login-password', '--region', 'eu-west-1'],
      ['docker', 'login', '--username', 'AWS', '--password-stdin', '1.dkr.ecr.eu-west-1.amazonaws.com'],
    ]);
    expect(calls.slice(3)).toEqual([
      ['docker', 'info', '--format', '{{json .DriverStatus}}'],
      ['docker', 'buildx', 'create', '--name', 'layers', '--driver', 'docker-container', '--bootstrap'],
      ['docker', 'buildx', 'build', '--builder', 'layers', ...kept, ...options],
    ]);
    expect(readFileSync(join(root, 'log.in'), 'utf8')).toBe('password\narchive\n');
  });

  it('build the stage that is the target', () => {
    const { calls } = run({ ...plain, method: { ...plain.method, target: 'a job' } });
    expect(calls.at(-1)).toEqual(expect.arrayContaining(['--target', 'a job']));
  });

  it("keep layers by the engine itself where its images are containerd's", () => {
    const STORE = '[["driver-type","io.containerd.snapshotter.v1"]]';
    expect(run(plain, 'nothing', [], { STORE }).calls.slice(4)).toEqual([
      ['docker', 'buildx', 'build', '--builder', 'default', ...kept, ...options],
    ]);
  });

  it('build and push without layers where there is no BuildKit to keep them: no image of it, no buildx', () => {
    const { calls, status } = run(plain, 'docker buildx');
    expect(status).toBe(0);
    expect(calls.slice(5)).toEqual([
      ['docker', 'build', ...options],
      ['docker', 'push', '--quiet', IMAGE],
    ]);
  });

  it('hand arguments over to the letter', () => {
    const { calls } = run({
      ...DOCKER,
      method: { tool: 'docker', dockerfile: "it's", buildArgs: [['A', `it's "$HOME" \`id\` \\ $(id) \${x}`]] },
    });
    expect(calls.at(-1)).toEqual(expect.arrayContaining(["it's", `A=it's "$HOME" \`id\` \\ $(id) \${x}`]));
  });

  it('build for x86_64 by its own name', () => {
    expect(run({ ...DOCKER, architecture: 'x86_64' }).calls.at(-1)).toContain('linux/amd64');
  });

  it.each([
    'aws s3',
    'aws ecr',
    'docker login',
    'docker buildx build',
    'docker buildx create|docker build ',
    'docker buildx|docker push',
  ])('end with the one that fails: %s', (name) => {
    const { calls, status } = run(DOCKER, name);
    expect(status).not.toBe(0);
    expect(calls.some((call) => call.join(' ').startsWith('docker push'))).toBe(name.endsWith('docker push'));
  });

  it('mount secrets by the name of a variable that CodeBuild fills, so that no command holds a value', () => {
    const secrets = [
      { name: 'NPM_TOKEN', reference: "$Secret('npm.token')" },
      { name: 'PIP', reference: "$Parameter('/pip/index')" },
      {
        name: 'WHOLE',
        reference: "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf:k:AWSPREVIOUS')",
      },
    ];
    const context = { ...plain, secrets };
    expect(run(context).calls.at(-1)).toEqual(
      expect.arrayContaining(['--secret', 'id=NPM_TOKEN,env=BUILD_SECRET_NPM_TOKEN', 'id=PIP,env=BUILD_SECRET_PIP']),
    );
    expect(JSON.parse(buildSpecification(context, CACHE)).env).toMatchObject({
      'secrets-manager': {
        BUILD_SECRET_NPM_TOKEN: 'npm:token',
        BUILD_SECRET_WHOLE: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf:k:AWSPREVIOUS',
      },
      'parameter-store': { BUILD_SECRET_PIP: '/pip/index' },
    });
  });

  it('log in to the registries of base images before they build', () => {
    const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
    const pulls = [
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/base/one:1',
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/base/two:1',
      'busybox',
    ];
    const context = { ...plain, logins: [{ registry: 'ghcr.io', secretArn }], pulls };
    const { calls, root } = run(context, 'nothing', [], { REGISTRY_0_USERNAME: 'me', REGISTRY_0_PASSWORD: 'hers' });
    expect(calls).toEqual(
      expect.arrayContaining([
        ['aws', 'ecr', 'get-login-password', '--region', 'eu-central-1'],
        ['docker', 'login', '--username', 'AWS', '--password-stdin', '123456789012.dkr.ecr.eu-central-1.amazonaws.com'],
        ['docker', 'login', '--username', 'me', '--password-stdin', 'ghcr.io'],
      ]),
    );
    expect(ordered(calls).filter((call) => call === 'log in')).toHaveLength(5);
    expect(ordered(calls).lastIndexOf('log in')).toBeLessThan(calls.length - 2);
    expect(readFileSync(join(root, 'log.in'), 'utf8')).toContain('hers');
    expect(JSON.parse(buildSpecification(context, CACHE)).env['secrets-manager']).toEqual({
      REGISTRY_0_USERNAME: `${secretArn}:username`,
      REGISTRY_0_PASSWORD: `${secretArn}:password`,
    });
  });
});

describe('the commands of a build by Cloud Native Buildpacks', () => {
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
  const IN_A_FOLDER = /^\/.*\/\.build-\w{8}\/source$/;

  it('run pack where it is, as on the machines of CodeBuild, and log in only then', () => {
    const { calls, root } = run({ ...DOCKER, method }, 'nothing', ['pack']);
    const [, tar, pack, ...rest] = calls;
    expect(tar).toEqual(['tar', '-xf', 'context.tar.gz', '-C', expect.stringMatching(IN_A_FOLDER)]);
    expect(pack).toEqual(['pack', 'build', IMAGE, '--path', tar?.at(-1), ...options]);
    expect(ordered(rest)).toEqual(['log in', 'log in', `docker push --quiet ${IMAGE}`]);
    expect(readdirSync(root).filter((name) => name.startsWith('.build'))).toEqual([]);
  });

  it('run pack in a container elsewhere, which talks to the same engine', () => {
    const [, tar, pack = []] = run({ ...DOCKER, method }).calls;
    expect(pack.slice(0, 3)).toEqual(['docker', 'run', '--rm']);
    expect(pack).toContain('/var/run/docker.sock:/var/run/docker.sock');
    expect(pack).toContain(`${tar?.at(-1)}:/source`);
    expect(pack.slice(-options.length - 4)).toEqual(['build', IMAGE, '--path', '/source', ...options]);
  });

  it('make the launcher the entrypoint in a last layer where the config has a command', () => {
    const entrypoint = '/cnb/lifecycle/launcher';
    const { calls, root } = run({ ...DOCKER, method: { ...method, entrypoint } }, 'nothing', ['pack']);
    expect(calls[3]).toEqual(['docker', 'build', '--platform', 'linux/arm64', '--tag', IMAGE, '-']);
    expect(readFileSync(join(root, 'log.in'), 'utf8')).toContain(`FROM ${IMAGE}\nENTRYPOINT ["${entrypoint}"]\n`);
  });

  it.each(['tar', 'pack build', 'docker build', 'docker push'])(
    'end with the one that fails, and leave nothing: %s',
    (name) => {
      const entrypoint = '/cnb/lifecycle/launcher';
      const { calls, status, root } = run({ ...DOCKER, method: { ...method, entrypoint } }, name, ['pack']);
      expect(status).not.toBe(0);
      expect(calls.some((call) => call.join(' ').startsWith('docker push'))).toBe(name === 'docker push');
      expect(readdirSync(root).filter((one) => one.startsWith('.build'))).toEqual([]);
    },
  );
});

it('ends with the first command that fails, as CodeBuild is configured', () => {
  expect((JSON.parse(buildSpecification(DOCKER, CACHE)) as Specification).phases.build['on-failure']).toBe('ABORT');
});

it('quotes any string for a shell', () => {
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
