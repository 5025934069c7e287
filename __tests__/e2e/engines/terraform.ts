import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type CommandResult, runCommand } from './command';
import type { Emulator } from './ministack';
import { type MockAssertion, mockTestFile } from './mock-provider';
import { ProviderProcess } from './provider-process';
import { shimForOfflineProvider } from './provider-shim';
import { objectAt, type TerraformDocument } from './terraform-document';
import { type Diagnostic, TerraformError } from './terraform-error';
import { AWS_IN_MIRROR, type TerraformInstallation, terraformAvailable } from './terraform-installation';
import { writeZip } from './zip-file';

export { describeWith } from './availability';
export { type Diagnostic, TerraformError } from './terraform-error';
export { terraformAvailable } from './terraform-installation';

/** Seconds that each command may take: several times what it took on two busy cores, and less than the provider's own retries. */
const TIME_LIMITS = { init: 300, validate: 300, plan: 300, show: 300, test: 300, apply: 900, destroy: 900 } as const;

/** Terraform's own 10 leave resources standing in line for others that do nothing but sleep: a queue 25 s, a VPC 10 s. */
const PARALLELISM = '-parallelism=20';
const STACK_FILE = 'cdk.tf.json';
const OVERRIDE_FILE = 'harness_override.tf.json';
/** For `terraform test` alone, which destroys what it has applied. */
const UNPROTECTED_FILE = 'unprotected_override.tf.json';
const PLAN_FILE = 'saved.tfplan';

/** The provider of this test file's workspaces without an emulator: nothing configures it. */
let unconfigured: ProviderProcess | undefined;

const stopProvider = () => unconfigured?.stop();
// Scripts that record what commands print make workspaces too.
if (typeof afterAll === 'function') afterAll(stopProvider);
else process.once('exit', stopProvider);

export interface WorkspaceOptions {
  /** Where the AWS provider sends its requests. @default nowhere: `validate` and `mockApply` need none, the others do */
  readonly emulator?: Emulator;
  /**
   * `local`: the stack's backend is overridden by a local one in the workspace, so that everything runs.
   * `as-written`: the backend is left in place and not initialised; only `validate` runs then.
   * @default 'local'
   */
  readonly backend?: 'local' | 'as-written';
}

/** One resource or data source of an applied or mocked stack. */
export interface AppliedResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The state after an apply. */
export interface AppliedStack {
  /** By address, `aws_sqs_queue.dead-letters` or `data.aws_region.here`. */
  readonly resources: ReadonlyMap<string, AppliedResource>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A resource's part of a plan, as `terraform show -json` gives it. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    /** Has `true` where a value is known only after the apply. */
    readonly after_unknown: unknown;
  };
}

/** What this project reads of `terraform show -json <plan>`. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, ResourceChange['change']>>;
}

/** The beginning or the end of something that an apply did to a resource. */
export interface Step {
  readonly address: string;
  readonly action: 'create' | 'read' | 'update' | 'delete';
  readonly at: 'begin' | 'end';
}

/** What {@link stepsIn} reads of a line of `terraform apply -json`. */
interface ApplyMessage {
  readonly type?: string;
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: Step['action'] };
}

/** What the output of `terraform apply -json` says was done. */
function stepsIn(output: string): readonly Step[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): ApplyMessage => JSON.parse(line))
    .flatMap(({ type, hook }) => {
      const at = type === 'apply_start' ? 'begin' : type === 'apply_complete' ? 'end' : undefined;
      return at === undefined || hook === undefined ? [] : [{ address: hook.resource.addr, action: hook.action, at }];
    });
}

/** What `mockApply` reads of a line of `terraform test -json`. */
interface TestMessage {
  readonly diagnostic?: Diagnostic;
  readonly test_state?: TerraformDocument;
}

/**
 * Copies a synthesized stack into a separate folder for Terraform. The original is never changed.
 *
 * If only the offline provider mirror is available, the copy is shimmed (see provider-shim.ts), and `changes` lists how.
 *
 * @param stackDir the folder with `cdk.tf.json`
 * @throws Error if Terraform is missing: ask `terraformAvailable()` first
 */
export function workspace(stackDir: string, options: WorkspaceOptions = {}): Workspace {
  const terraform = terraformAvailable();
  if (!terraform.available) {
    throw new Error(terraform.reason);
  }
  const home = mkdtempSync(join(tmpdir(), 'terraform-'));
  const dir = join(home, 'stack');
  const { document, changes } = copyStack(stackDir, dir, terraform);
  writeFileSync(join(dir, OVERRIDE_FILE), JSON.stringify(overridesFor(document, options), undefined, 2));
  const cliConfig = join(home, 'terraform.rc');
  writeFileSync(cliConfig, cliConfiguration(terraform));
  return new Workspace(home, dir, changes, document, terraform, options, cliConfig);
}

/** The protected resources of a stack, without `prevent_destroy`. */
function unprotectedResources({ resource = {} }: TerraformDocument): TerraformDocument {
  const types = Object.entries(objectAt(resource) ?? {}).map(([type, blocks]) => {
    const names = Object.entries(objectAt(blocks) ?? {}).filter(
      ([, block]) => objectAt(objectAt(block)?.lifecycle)?.prevent_destroy === true,
    );
    return [
      type,
      Object.fromEntries(names.map(([name]) => [name, { lifecycle: { prevent_destroy: false } }])),
    ] as const;
  });
  return Object.fromEntries(types.filter(([, blocks]) => Object.keys(blocks).length > 0));
}

/** Copies a stack, shimmed if that is needed; what is in the folder and not in the stack stays. */
function copyStack(
  stackDir: string,
  dir: string,
  { providers }: TerraformInstallation,
): { readonly document: TerraformDocument; readonly changes: readonly string[] } {
  cpSync(stackDir, dir, {
    recursive: true,
    filter: (path) => !/^\.terraform|^terraform.*\.tfstate/.test(basename(path)),
  });
  const stackFile = join(dir, STACK_FILE);
  const document: TerraformDocument = JSON.parse(readFileSync(stackFile, 'utf8'));
  if (providers.kind !== 'mirror') return { document, changes: [] };
  const shim = shimForOfflineProvider(document);
  for (const { source, outputPath } of shim.archives) {
    writeZip(join(dir, source), join(dir, outputPath));
  }
  writeFileSync(stackFile, JSON.stringify(shim.document, undefined, 2));
  return shim;
}

/** The providers' source and nothing else: settings in `~/.terraformrc` don't affect the tests. */
function cliConfiguration({ providers }: TerraformInstallation): string {
  return providers.kind === 'mirror'
    ? `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(providers.path)}\n  }\n}\n`
    : '';
}

/**
 * What Terraform merges over the stack: never in the stack's own file, so that this stays what was synthesized. The keys are
 * made up: even a stack whose requests missed the emulator could do nothing at AWS.
 */
function overridesFor(document: TerraformDocument, { emulator, backend }: WorkspaceOptions): TerraformDocument {
  const configured = objectAt(document.provider)?.aws;
  const providers = Array.isArray(configured) ? configured : [configured ?? {}];
  return {
    ...(backend !== 'as-written' && { terraform: { backend: { local: {} } } }),
    provider: {
      aws: providers.map((provider) => ({
        ...(typeof objectAt(provider)?.alias === 'string' && { alias: objectAt(provider)?.alias }),
        access_key: emulator?.credentials.accessKeyId ?? 'none',
        secret_key: emulator?.credentials.secretAccessKey ?? 'none',
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_requesting_account_id: true,
        s3_use_path_style: true,
      })),
    },
  };
}

/** A copy of a stack in a new folder, created by `workspace` and removed by `dispose`. */
export class Workspace {
  private initialised = false;
  /** The provider of this workspace, which the emulator's address and the stack's region configure. */
  private configured: ProviderProcess | undefined;

  constructor(
    private home: string,
    /** The folder that Terraform runs in. */
    readonly dir: string,
    /** What the shim changed, one line each; empty where the stack is tested as it is. */
    readonly changes: readonly string[],
    /** The stack as Terraform gets it, overrides aside. */
    public document: TerraformDocument,
    private readonly terraform: TerraformInstallation,
    private readonly options: WorkspaceOptions,
    private readonly cliConfig: string,
  ) {}

  /** The variable by which Terraform's commands reach a provider that runs already. */
  private async providerVariables(): Promise<object> {
    const { providers } = this.terraform;
    if (providers.kind !== 'mirror') return {};
    const start = (cwd: string) => new ProviderProcess(providers.path, AWS_IN_MIRROR, { cwd, env: this.environment() });
    if (this.options.emulator === undefined) {
      unconfigured ??= start(tmpdir());
      return unconfigured.variables();
    }
    // Paths of a stack's archives are relative to it.
    this.configured ??= start(this.dir);
    return this.configured.variables();
  }

  /** Installs the providers (a link into the mirror, no copy). Every other command does it when needed. */
  async init(): Promise<void> {
    // Who checks or mocks a stack asks its backend for nothing, and has a provider that runs already.
    const isReady = this.options.emulator === undefined && this.terraform.providers.kind === 'mirror';
    if (!this.initialised && !isReady) {
      const withoutBackend = this.options.backend === 'as-written' ? ['-backend=false'] : [];
      await this.run('init', ['init', '-no-color', ...withoutBackend]);
      this.initialised = true;
    }
  }

  /**
   * @returns warnings, none of which stopped Terraform
   * @throws TerraformError with each diagnostic if the stack is not valid
   */
  async validate(): Promise<readonly Diagnostic[]> {
    await this.init();
    const result = await this.spawn('validate', ['validate', '-json']);
    const diagnostics: readonly Diagnostic[] = result.stdout.startsWith('{')
      ? JSON.parse(result.stdout).diagnostics
      : [];
    if (result.status !== 0) {
      throw this.failure('validate', result, diagnostics);
    }
    return diagnostics;
  }

  /**
   * Plans and saves the plan in the workspace's folder.
   *
   * @returns whether anything would change, and whether anything would be deleted or replaced
   */
  async plan(options: readonly string[] = []): Promise<{ readonly hasChanges: boolean; readonly removes: boolean }> {
    await this.init();
    const args = ['plan', '-no-color', '-detailed-exitcode', `-out=${PLAN_FILE}`, ...options];
    const result = await this.spawn('plan', args);
    // With -detailed-exitcode, 2 is success with something to do.
    if (result.status !== 0 && result.status !== 2) {
      throw this.failure('plan', result, []);
    }
    return { hasChanges: result.status === 2, removes: /, [1-9]\d* to destroy\./.test(result.stdout) };
  }

  /** Plans, and returns the plan as JSON. */
  async planJson(): Promise<PlanJson> {
    await this.plan();
    return this.savedPlan();
  }

  private async savedPlan(): Promise<PlanJson> {
    return JSON.parse((await this.run('show', ['show', '-json', PLAN_FILE])).stdout);
  }

  /**
   * What Terraform would do if another stack were deployed over what this workspace has applied, without asking the emulator what is
   * there. The workspace holds the other stack afterwards.
   *
   * @param stackDir the folder with the other stack's `cdk.tf.json`
   */
  async planOf(stackDir: string): Promise<PlanJson> {
    await this.planUnrefreshed(stackDir);
    return this.savedPlan();
  }

  /** What {@link planOf} would delete or replace. Nothing more is read of a plan that says that it destroys nothing. */
  async removalsOf(stackDir: string): Promise<readonly ResourceChange[]> {
    const { removes } = await this.planUnrefreshed(stackDir);
    if (!removes) return [];
    const { resource_changes = [] } = await this.savedPlan();
    return resource_changes.filter(({ change }) => change.actions.includes('delete'));
  }

  private async planUnrefreshed(stackDir: string) {
    await this.init();
    this.document = copyStack(stackDir, this.dir, this.terraform).document;
    return this.plan(['-refresh=false']);
  }

  /**
   * Deploys another stack over what this workspace has applied.
   *
   * @returns what Terraform did, in the order of its beginnings and ends
   * @throws TerraformError with what it did so far as its output
   */
  async applyOf(stackDir: string): Promise<readonly Step[]> {
    await this.init();
    this.document = copyStack(stackDir, this.dir, this.terraform).document;
    const { stdout } = await this.run('apply', ['apply', '-json', '-auto-approve', PARALLELISM]);
    return stepsIn(stdout);
  }

  /** Applies the stack to the emulator; a VPC, a queue and an environment take a minute, nearly all of it the provider's waiting. */
  async apply(): Promise<AppliedStack> {
    await this.init();
    await this.run('apply', ['apply', '-no-color', '-auto-approve', PARALLELISM]);
    return this.state();
  }

  /** Applies the plan that `plan` saved, which Terraform refuses if the state has moved on since. */
  async applySavedPlan(): Promise<AppliedStack> {
    await this.run('apply', ['apply', '-no-color', PARALLELISM, PLAN_FILE]);
    return this.state();
  }

  /** Makes Terraform forget a resource, which {@link destroy} then leaves: for what the emulator cannot delete. */
  async forget(address: string): Promise<void> {
    await this.run('show', ['state', 'rm', address]);
  }

  /** Runs a command as a page shows it: the words after `terraform`. */
  async command(words: readonly string[]): Promise<void> {
    await this.init();
    await this.run('plan', [...words]);
  }

  /** Destroys what was applied. */
  async destroy(): Promise<void> {
    await this.init();
    await this.run('destroy', ['destroy', '-no-color', '-auto-approve', PARALLELISM]);
  }

  /** The state, as it is now. */
  async state(): Promise<AppliedStack> {
    const { stdout } = await this.run('show', ['show', '-json']);
    const values = objectAt(JSON.parse(stdout).values);
    return appliedStack(values?.root_module, values?.outputs);
  }

  /**
   * Applies the stack to a mocked AWS: the provider's schema and its checks are real, each expression is evaluated, resources get
   * generated ARNs (see `mockArn`). Takes about 5 seconds and no emulator.
   *
   * @throws TerraformError with each diagnostic, among them the messages of assertions that did not hold
   */
  async mockApply(assertions: readonly MockAssertion[] = []): Promise<AppliedStack> {
    await this.init();
    const tests = join(this.dir, 'tests');
    mkdirSync(tests, { recursive: true });
    writeFileSync(
      join(tests, 'mock.tftest.json'),
      JSON.stringify(mockTestFile(this.document, assertions), undefined, 2),
    );
    const unprotected = join(this.dir, UNPROTECTED_FILE);
    const resource = unprotectedResources(this.document);
    writeFileSync(unprotected, JSON.stringify(Object.keys(resource).length === 0 ? {} : { resource }));
    const result = await this.spawn('test', ['test', '-no-color', '-json', '-verbose']);
    rmSync(unprotected);
    const messages = result.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): TestMessage => JSON.parse(line));
    const diagnostics = messages.flatMap(({ diagnostic }) => diagnostic ?? []);
    const state = messages.find(({ test_state }) => test_state !== undefined)?.test_state;
    if (result.status !== 0 || state === undefined) {
      // Terraform says each error twice: when it happens and when it has torn down.
      const once = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
      throw this.failure('test', { ...result, stdout: '' }, [...once.values()]);
    }
    return appliedStack(state.root_module, state.outputs);
  }

  /**
   * Moves the folder to another path, as Terraform Cloud does between plan and apply, and goes on there.
   *
   * @returns the workspace at its new place; this one must not be used any more
   */
  movePlan(): Workspace {
    this.configured?.stop();
    const home = mkdtempSync(join(tmpdir(), 'terraform-moved-'));
    const dir = join(home, 'elsewhere');
    renameSync(this.dir, dir);
    const cliConfig = join(home, 'terraform.rc');
    renameSync(this.cliConfig, cliConfig);
    rmSync(this.home, { recursive: true });
    const moved = new Workspace(home, dir, this.changes, this.document, this.terraform, this.options, cliConfig);
    moved.initialised = this.initialised;
    return moved;
  }

  /** Deletes the folder; what was applied stays in the emulator. */
  dispose(): void {
    this.configured?.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  private async run(step: keyof typeof TIME_LIMITS, args: readonly string[]): Promise<CommandResult> {
    const result = await this.spawn(step, args);
    if (result.status !== 0) {
      throw this.failure(step, result, []);
    }
    return result;
  }

  private async spawn(step: keyof typeof TIME_LIMITS, args: readonly string[]): Promise<CommandResult> {
    const env = { ...this.environment(), ...(await this.providerVariables()) };
    return runCommand(this.terraform.binary, args, { cwd: this.dir, timeLimit: TIME_LIMITS[step], env });
  }

  private environment(): NodeJS.ProcessEnv {
    const { emulator } = this.options;
    return {
      ...withoutCloudSettings(process.env),
      TF_CLI_CONFIG_FILE: this.cliConfig,
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      // One variable for all services: a list in the provider's `endpoints` block would miss the one that a stack adds next.
      ...(emulator !== undefined && { AWS_ENDPOINT_URL: emulator.endpoint }),
    };
  }

  private failure(step: string, result: CommandResult, diagnostics: readonly Diagnostic[]): TerraformError {
    return new TerraformError(`terraform ${step}`, result, diagnostics, this.options.emulator?.log());
  }
}

/** The environment without what would lead Terraform or the AWS provider anywhere but where the harness points them. */
function withoutCloudSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS|TF)_/.test(name)));
}

function appliedStack(rootModule: unknown, outputs: unknown): AppliedStack {
  const found = objectAt(rootModule)?.resources;
  const resources = (Array.isArray(found) ? found : []) as readonly AppliedResource[];
  return {
    resources: new Map(resources.map((resource) => [resource.address, resource])),
    outputs: Object.fromEntries(
      Object.entries(objectAt(outputs) ?? {}).map(([name, output]) => [name, objectAt(output)?.value]),
    ),
  };
}
