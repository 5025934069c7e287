import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext } from '../../../modules/container/build-context';
import { DockerBuilder } from '../../../modules/container/builder/docker-builder';
import { ImageRepository } from '../../../modules/container/builder/repository';
import { textEntry } from '../../../modules/container/source-files';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { until } from '../../e2e/engines/until';
import { foreignStack, Synthesis } from '../../synthesis';
import { folder, removeFolders } from '../folder';

interface Step {
  readonly command: string;
  readonly interpreter: readonly string[];
  readonly environment: { readonly [name: string]: string };
}

const IMAGE = '1.dkr.ecr.eu-west-1.amazonaws.com/a';

/** A text as Terraform reads it that has nothing to fill in. */
const read = (text: string) => text.replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{');

/** What Terraform runs to build images, by `local-exec`. */
function stepsOf(contexts: readonly BuildContext[]): Step[][] {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const builder = new DockerBuilder(stack, 'docker', {
    aws,
    repository: new ImageRepository(stack, 'repository', { stackName: 'reports' }),
  });
  for (const [index, context] of contexts.entries()) builder.build(context, `${index}`.repeat(64));
  const blocks = new Synthesis(stack).all('terraform_data') as unknown as { provisioner: { 'local-exec': Step }[] }[];
  return blocks.map(({ provisioner }) =>
    provisioner.map((step) => ({
      ...step['local-exec'],
      command: read(step['local-exec'].command),
      environment: Object.fromEntries(
        Object.entries(step['local-exec'].environment).map(([name, value]) => [name, read(value)]),
      ),
    })),
  );
}

/**
 * Programs in place of docker, pack and tar. Each says how it was called, with which configuration of Docker and which secrets; `pack` waits until as
 * many of it run as are to run at once, and then says what it finds in its folder.
 */
const PROGRAMS = {
  'bin/docker*': `#!/bin/bash
echo "docker $* | \${DOCKER_CONTEXT-} | $([[ -n \${DOCKER_CONFIG-} ]] && cat "$DOCKER_CONFIG/config.json") | \${BUILD_SECRET_TOKEN-}" >> "$LOG/calls"
[[ $1 == context ]] && echo "\${CURRENT_CONTEXT-default}"
[[ $1 == manifest ]] && exit 1
[[ $1 == build ]] && { cat > /dev/null; echo "step 1 of the build"; [[ -n \${DOCKER_CONFIG-} ]] && ls "$DOCKER_CONFIG" >> "$LOG/config"; }
[[ "$*" == *"$FAIL"* ]] && exit 7
exit 0
`,
  'bin/pack*': `#!/bin/bash
while [[ $1 != --path ]]; do shift; done
touch "$LOG/started-$$"
for i in {1..4000}; do [[ $(ls "$LOG" | grep -c started) -ge $AT_ONCE ]] && break; sleep 0.05; done
cat "$2"/* >> "$LOG/found-$IMAGE_TAG"
sleep 0.2
cat "$2"/* >> "$LOG/found-$IMAGE_TAG"
`,
  'bin/tar*': `#!/bin/bash
echo "$IMAGE_TAG" > "$4/source-of-$IMAGE_TAG"
`,
};

interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** Runs one step as Terraform does, in the stack's folder. */
function runStep(root: string, { command, interpreter, environment }: Step, env: NodeJS.ProcessEnv): Promise<Run> {
  const [program = '', ...args] = interpreter;
  const child = spawn(program, [...args, command], {
    cwd: join(root, 'stack'),
    env: {
      PATH: `${join(root, 'bin')}:${process.env.PATH}`,
      HOME: join(root, 'home'),
      LOG: join(root, 'log'),
      FAIL: 'nothing',
      ...environment,
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

function machine(): string {
  const root = folder({
    ...PROGRAMS,
    'home/.docker/config.json': '{"credsStore":"keychain","currentContext":"desktop"}',
    'home/.docker/contexts/meta/a': '',
    'home/.docker/cli-plugins/docker-buildx': '',
    'stack/context.tar.gz': 'archive',
    'log/calls': '',
  });
  mkdirSync(join(root, 'stack/assets'));
  return root;
}

const named = (tag: string) => ({ IMAGE: `${IMAGE}:${tag}`, IMAGE_TAG: tag, CONTEXT: 'context.tar.gz' });
const calls = (root: string) => readFileSync(join(root, 'log/calls'), 'utf8').split('\n').slice(0, -1);
const left = (root: string) =>
  readdirSync(join(root, 'stack'))
    .filter((name) => name !== 'assets')
    .sort();

const base = { architecture: 'x86_64', files: [textEntry('Dockerfile', 'FROM a')], init: true } as const;
const DOCKER: BuildContext = { ...base, method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] } };
const PACK: BuildContext = { ...base, method: { tool: 'pack', builder: 'b', buildpacks: [], variables: [] } };

afterEach(removeFolders);

it('builds with buildpacks in parallel, each in a separate temporary folder', async () => {
  const root = machine();
  const tags = ['one', 'two', 'three'];
  const steps = stepsOf(tags.map(() => PACK).map((one, index) => ({ ...one, command: [`${index}`] })));
  const runs = await Promise.all(
    tags.map((tag, index) => runStep(root, steps[index]?.[0] as Step, { ...named(tag), AT_ONCE: String(tags.length) })),
  );
  expect(runs.map(({ status }) => status)).toEqual([0, 0, 0]);
  for (const tag of tags) expect(readFileSync(join(root, `log/found-${tag}`), 'utf8')).toBe(`${tag}\n${tag}\n`);
  expect(left(root)).toEqual(['context.tar.gz']);
});

it.each(['SIGINT', 'SIGTERM'] as const)('leaves no folder when Terraform is ended: %s', async (signal) => {
  const root = machine();
  const [build] = stepsOf([PACK])[0] as Step[];
  const { command, interpreter, environment } = build as Step;
  const child = spawn(interpreter[0] as string, [...interpreter.slice(1), command], {
    cwd: join(root, 'stack'),
    detached: true,
    stdio: 'ignore',
    env: {
      ...{ PATH: `${join(root, 'bin')}:${process.env.PATH}`, LOG: join(root, 'log'), AT_ONCE: '2' },
      ...environment,
      ...named('one'),
    },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await until(() => readdirSync(join(root, 'log')).some((name) => name.startsWith('started')), 'a build');
  process.kill(-(child.pid as number), signal);
  await ended;
  // The shell that made the folder may end after the one that started it.
  await until(() => left(root).length === 1, 'the end of its folder');
  expect(left(root)).toEqual(['context.tar.gz']);
});

it('pushes with a separate configuration: no login on the machine, and its engine and plugins are used', async () => {
  const root = machine();
  const [, push] = stepsOf([DOCKER])[0] as Step[];
  const before = readFileSync(join(root, 'home/.docker/config.json'), 'utf8');
  const tags = ['one', 'two'];
  const runs = await Promise.all(
    tags.map((tag) =>
      runStep(root, push as Step, { ...named(tag), REGISTRY_AUTH: `of-${tag}`, CURRENT_CONTEXT: 'desktop' }),
    ),
  );
  expect(runs.map(({ status }) => status)).toEqual([0, 0]);
  for (const tag of tags) {
    const config = `{"auths":{"1.dkr.ecr.eu-west-1.amazonaws.com":{"auth":"of-${tag}"}}}`;
    expect(calls(root)).toContain(`docker push --quiet ${IMAGE}:${tag} | desktop | ${config} | `);
  }
  expect(calls(root).some((call) => call.startsWith('docker login'))).toBe(false);
  expect(readFileSync(join(root, 'home/.docker/config.json'), 'utf8')).toBe(before);
  expect(left(root)).toEqual(['context.tar.gz']);
});

it('pushes on a machine without a Docker configuration, and fails if the push fails', async () => {
  const root = machine();
  const [, push] = stepsOf([DOCKER])[0] as Step[];
  const env = { ...named('one'), REGISTRY_AUTH: 'x', HOME: join(root, 'nobody') };
  expect((await runStep(root, push as Step, env)).status).toBe(0);
  expect((await runStep(root, push as Step, { ...env, FAIL: 'push' })).status).toBe(7);
  expect(left(root)).toEqual(['context.tar.gz']);
});

describe('a build with secrets', () => {
  const context: BuildContext = {
    ...DOCKER,
    secrets: [{ name: 'TOKEN', reference: "$Secret('npm.token')" }],
    logins: [{ registry: 'ghcr.io', secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf' }],
  };
  const given = { ...named('one'), BUILD_SECRET_TOKEN: 'hush', REGISTRY_AUTH_0: 'bWU6aGVycw==' };

  it('hands them over in variables, and shows its log in a step that has none', async () => {
    const root = machine();
    const [build, log] = stepsOf([context])[0] as Step[];
    expect(await runStep(root, build as Step, given)).toEqual({ status: 0, output: '' });
    const call = calls(root).find((one) => one.startsWith('docker build'));
    const options = `--platform linux/amd64 --file Dockerfile --secret id=TOKEN,env=BUILD_SECRET_TOKEN --tag ${IMAGE}:one -`;
    expect(call).toBe(`docker build ${options} |  | {"auths":{"ghcr.io":{"auth":"bWU6aGVycw=="}}} | hush`);
    // Its plugins, among them BuildKit's own, and the engines that the machine knows.
    expect(readFileSync(join(root, 'log/config'), 'utf8').split('\n')).toEqual([
      'cli-plugins',
      'config.json',
      'contexts',
      '',
    ]);
    expect(await runStep(root, log as Step, named('one'))).toEqual({ status: 0, output: 'step 1 of the build\n' });
    expect(left(root)).toEqual(['context.tar.gz']);
  });

  it('fails with its log if it fails, and leaves no secret', async () => {
    const root = machine();
    const [build, log] = stepsOf([context])[0] as Step[];
    expect((await runStep(root, build as Step, { ...given, FAIL: 'build' })).status).toBe(0);
    const said = await runStep(root, log as Step, named('one'));
    expect(said.status).not.toBe(0);
    expect(said.output).toContain('step 1 of the build\n');
    expect(left(root)).toEqual(['context.tar.gz']);
  });

  it('logs in to Docker Hub by both of its names', async () => {
    const root = machine();
    const logins = [
      { registry: 'docker.io', secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub-AbCdEf' },
    ];
    const [build] = stepsOf([{ ...DOCKER, logins }])[0] as Step[];
    await runStep(root, build as Step, given);
    const config =
      '{"auths":{"docker.io":{"auth":"bWU6aGVycw=="},"https://index.docker.io/v1/":{"auth":"bWU6aGVycw=="}}}';
    expect(calls(root).find((one) => one.startsWith('docker build'))).toContain(config);
  });

  it('keeps a folder with logins to the person that builds', async () => {
    const root = machine();
    const program = PROGRAMS['bin/docker*'].replace(
      '[[ $1 == build ]] &&',
      '[[ $1 == build ]] && stat -c %a "$DOCKER_CONFIG" > "$LOG/mode" &&',
    );
    const other = folder({ 'docker*': program });
    const [build] = stepsOf([context])[0] as Step[];
    await runStep(root, build as Step, { ...given, PATH: `${other}:${process.env.PATH}` });
    expect(readFileSync(join(root, 'log/mode'), 'utf8')).toBe('700\n');
    expect(statSync(join(root, 'home/.docker/contexts')).isDirectory()).toBe(true);
  });
});
