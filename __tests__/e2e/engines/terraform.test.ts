import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command';
import { unexplainedChanges } from './emulator-gaps';
import { gone } from './living-processes';
import { type Emulator, emulatorAvailable, startEmulator } from './ministack';
import { mockArn } from './mock-provider';
import { synthesizeSampleStack } from './sample-stack';
import { describeWith, TerraformError, terraformAvailable, type Workspace, workspace } from './terraform';
import type { TerraformDocument } from './terraform-document';
import { AWS_IN_MIRROR } from './terraform-installation';

let folder: string;
const opened: Workspace[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-'));
});

afterAll(() => {
  for (const space of opened) {
    space.dispose();
    expect(existsSync(space.dir)).toBe(false);
  }
  rmSync(folder, { recursive: true });
});

function open(stackDir: string, options: Parameters<typeof workspace>[1] = {}): Workspace {
  const space = workspace(stackDir, options);
  opened.push(space);
  return space;
}

/** The sample with one thing wrong. */
function broken(name: string, spoil: (document: TerraformDocument) => unknown): Workspace {
  const stackDir = synthesizeSampleStack(join(folder, name));
  const document = JSON.parse(readFileSync(join(stackDir, 'cdk.tf.json'), 'utf8'));
  spoil(document);
  writeFileSync(join(stackDir, 'cdk.tf.json'), JSON.stringify(document));
  return open(stackDir);
}

async function failureOf(running: Promise<unknown>): Promise<TerraformError> {
  const outcome = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof TerraformError)) {
    throw new Error(`expected Terraform to fail, got ${outcome}`);
  }
  return outcome;
}

describe('runCommand', () => {
  it('ends a command and its children at the time limit', async () => {
    const ready = join(folder, 'ignores-interrupts');
    let result: Awaited<ReturnType<typeof runCommand>> | undefined;
    // Where others use the machine too, the shell may need longer to set its trap.
    for (let timeLimit = 0.3; !existsSync(ready); timeLimit *= 3) {
      const script = 'trap "" INT; : > ignores-interrupts; sleep 600 & wait; wait';
      result = await runCommand('sh', ['-c', script], { cwd: folder, env: process.env, timeLimit });
    }
    expect(result).toMatchObject({ timedOut: true, status: 'SIGKILL' });
    // The sleeping child holds the output open: had it lived on, this would have taken its ten minutes.
    expect(result?.seconds).toBeLessThan(300);
  });

  it('rejects a command that is not there', async () => {
    await expect(runCommand('no-such-command', [], { cwd: folder, env: {}, timeLimit: 1 })).rejects.toThrow('ENOENT');
  });
});

describeWith([terraformAvailable()], 'a workspace without an emulator', () => {
  it('validates a stack and leaves the original as it was', async () => {
    const stackDir = synthesizeSampleStack(join(folder, 'valid'));
    const before = readFileSync(join(stackDir, 'cdk.tf.json'), 'utf8');
    const space = open(stackDir);
    expect(await space.validate()).toEqual([]);
    expect(readFileSync(join(stackDir, 'cdk.tf.json'), 'utf8')).toBe(before);
    expect(existsSync(join(stackDir, 'function.zip'))).toBe(false);
  });

  it('validates a stack whose backend it could not reach', async () => {
    const stackDir = synthesizeSampleStack(join(folder, 's3'));
    const document = JSON.parse(readFileSync(join(stackDir, 'cdk.tf.json'), 'utf8'));
    document.terraform.backend = { s3: { bucket: 'states', key: 'k', region: 'eu-west-1', use_lockfile: true } };
    writeFileSync(join(stackDir, 'cdk.tf.json'), JSON.stringify(document));
    expect(await open(stackDir, { backend: 'as-written' }).validate()).toEqual([]);
    // Overridden, it is no hindrance to anything else either.
    expect((await open(stackDir).mockApply()).outputs).toHaveProperty('stateMachineArn');
  });

  it('says what is not valid, where, and shows the line', async () => {
    const space = broken('invalid', (document) => {
      Object.assign(document, { output: { missing: { value: '${aws_sqs_queue.nowhere.arn}' } } });
    });
    const failure = await failureOf(space.validate());
    expect(failure.diagnostics).toMatchObject([{ severity: 'error', summary: 'Reference to undeclared resource' }]);
    expect(failure.message).toMatch(/^terraform validate failed \(1\)/);
    expect(failure.message).toContain('> "value": "${aws_sqs_queue.nowhere.arn}"');
  });

  it('applies a stack to a mocked AWS, where each resource has a unique ARN', async () => {
    const { resources, outputs } = await open(synthesizeSampleStack(join(folder, 'mocked'))).mockApply([
      { condition: 'output.accountId == "123456789012"', message: 'the account is not the mocked one' },
    ]);
    expect(outputs.stateMachineArn).toBe('arn:aws:states:eu-west-1:123456789012:stateMachine:machine');
    const machine = resources.get('aws_sfn_state_machine.machine')?.values.definition;
    expect(JSON.parse(String(machine)).States.Run.Parameters).toEqual({
      JobName: 'sample',
      JobQueue: mockArn('aws_batch_job_queue', 'queue'),
      JobDefinition: 'sample-first',
    });
    expect(resources.get('aws_batch_job_definition.definition-first')?.values.container_properties).toContain(
      '${not an interpolation}',
    );
  });

  it('reports an assertion that does not hold, once', async () => {
    const space = open(synthesizeSampleStack(join(folder, 'asserted')));
    const failure = await failureOf(
      space.mockApply([{ condition: 'output.accountId == ""', message: 'no such account' }]),
    );
    expect(failure.diagnostics).toHaveLength(1);
    expect(failure.message).toContain('no such account');
  });

  it("lets the provider's own checks fail a mocked apply", async () => {
    const space = broken('refused', (document) => {
      Object.assign(document.resource as object, {
        aws_iam_role: { 'instance-role': { assume_role_policy: 'no JSON' } },
      });
    });
    const failure = await failureOf(space.mockApply());
    expect(failure.message).toContain('contains an invalid JSON policy');
  });
});

it('a provider that answers several commands is gone when it is stopped, or when who started it ends', async () => {
  const terraform = terraformAvailable();
  if (!terraform.available || terraform.providers.kind !== 'mirror') return;
  const { path } = terraform.providers;
  const script = `const { ProviderProcess } = require(${JSON.stringify(require.resolve('./provider-process'))});
    const provider = new ProviderProcess(${JSON.stringify(path)}, ${JSON.stringify(AWS_IN_MIRROR)}, { cwd: '.', env: process.env });
    provider.variables().then(({ TF_REATTACH_PROVIDERS }) => {
      console.log(Object.values(JSON.parse(TF_REATTACH_PROVIDERS))[0].Pid);
      if (process.argv.at(-1) === 'stop') provider.stop();
      process.exit();
    });`;
  const file = join(folder, 'provider.ts');
  writeFileSync(file, script);
  for (const how of ['stop', 'end']) {
    const words = ['--import', 'tsx', file, how];
    const cwd = join(__dirname, '../../..');
    const { status, stdout, stderr } = await runCommand(process.execPath, words, {
      cwd,
      env: { ...process.env, TMPDIR: folder },
      timeLimit: 300,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // One that was asked to end may take a moment.
    await gone(Number(stdout));
  }
});

describeWith([terraformAvailable(), emulatorAvailable()], 'a workspace with an emulator', () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
  });

  afterAll(() => emulator.stop());

  it('applies a plan that was moved, plans again with no change, and destroys', async () => {
    const space = open(synthesizeSampleStack(join(folder, 'whole')), { emulator });
    expect(await space.plan()).toEqual({ hasChanges: true, removes: false });

    const moved = space.movePlan();
    opened.push(moved);
    expect(existsSync(space.dir)).toBe(false);
    const applied = await moved.applySavedPlan();
    expect(applied.outputs).toEqual({
      accountId: emulator.account,
      stateMachineArn: `arn:aws:states:eu-west-1:${emulator.account}:stateMachine:sample`,
    });

    expect(unexplainedChanges(await moved.planJson())).toEqual([]);
    await moved.destroy();
    expect((await moved.state()).resources.size).toBe(0);
  });

  it("shows the emulator's log when an apply fails", async () => {
    const stackDir = synthesizeSampleStack(join(folder, 'failing'));
    writeFileSync(
      join(stackDir, 'cdk.tf.json'),
      JSON.stringify({
        terraform: { required_providers: { aws: { source: 'aws', version: '6.25.0' } } },
        provider: { aws: [{ region: 'eu-west-1' }] },
        resource: { aws_sqs_queue_policy: { p: { queue_url: `${emulator.endpoint}/1/none`, policy: '{}' } } },
      }),
    );
    const failure = await failureOf(open(stackDir, { emulator }).apply());
    expect(failure.message).toContain('The specified queue does not exist');
    expect(failure.message).toContain('--- emulator, last lines');
  });
});
