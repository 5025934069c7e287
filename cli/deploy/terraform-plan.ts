import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../command/at-exit';
import { confirmed } from '../command/question';
import { CommandFailure } from '../command/reported-error';
import { projectOutput, synthesizeProject } from '../synthesis/cdktf-app';
import { type Owner, ownerFinder } from './owners';
import type { PlanDocument } from './plan-document';
import { type PlanSummary, planSummary } from './plan-summary';
import { type SynthesizedStack, synthesizedStack } from './synthesized-stack';
import { Interrupted, Terraform, type TerraformEnd } from './terraform';
import { allText, BACKEND_CHANGED, terraformFault } from './terraform-fault';

/** The options of `diff`, `deploy` and `destroy`. */
export interface PlanOptions {
  readonly yes?: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whether AWS is asked for the runs that would be lost. */
  readonly aws: boolean;
  readonly migrateState: boolean;
  readonly lockTimeout?: string;
}

/** A plan that is saved in a file. */
export interface TerraformPlan {
  readonly stack: SynthesizedStack;
  readonly terraform: Terraform;
  /** Path of the saved plan, which is deleted when this process ends. */
  readonly file: string;
  readonly summary: PlanSummary;
  readonly ownerOf: (address: string) => Owner;
}

/**
 * Synthesizes, prepares the stack's folder for Terraform if needed, and plans.
 *
 * @param log prints what is in progress
 * @throws UsageError if Terraform is missing or no stack is selected, CommandFailure if a step fails
 */
export async function planned(
  stackName: string | undefined,
  destroy: boolean,
  options: PlanOptions,
  log: (line: string) => void,
): Promise<TerraformPlan> {
  // Checked first, since it is quick and nothing works without Terraform.
  const terraform = Terraform.find();
  if ((await synthesizeProject('none')) !== 0) throw new CommandFailure('Nothing was planned: synthesis failed.');
  const stack = synthesizedStack(projectOutput(), stackName);
  log(
    `Stack ${stack.name}${stack.region === undefined ? '' : ` in ${stack.region}`}: comparing with what is deployed ...`,
  );
  return new Planning(stack, terraform, options, log).plan(destroy);
}

class Planning {
  constructor(
    private readonly stack: SynthesizedStack,
    private readonly terraform: Terraform,
    private readonly options: PlanOptions,
    private readonly log: (line: string) => void,
  ) {}

  async plan(destroy: boolean): Promise<TerraformPlan> {
    const { stack, terraform } = this;
    if (!existsSync(join(stack.dir, '.terraform'))) await this.init();
    const file = join(planFolder(), 'plan');
    const words = [
      'plan',
      '-input=false',
      `-out=${file}`,
      ...(destroy ? ['-destroy'] : []),
      ...this.messages(),
      ...this.lock(),
    ];
    let ending = await this.run(words);
    if (ending.code !== 0 && /(?:terraform|tofu) init/.test(allText(ending))) {
      await this.init();
      ending = await this.run(words);
    }
    if (ending.code !== 0) throw this.fault('plan', ending);
    const shown = await terraform.run(stack.dir, ['show', '-json', file]);
    if (shown.code !== 0) throw this.fault('show', shown);
    const document: PlanDocument = JSON.parse(shown.text.slice(shown.text.indexOf('{')));
    const addresses = (document.resource_changes ?? []).map(({ address }) => address);
    return {
      stack,
      terraform,
      file,
      summary: planSummary(stack, document),
      ownerOf: ownerFinder(stack, addresses),
    };
  }

  /** HCP Terraform has no JSON output for its runs. */
  private messages(): string[] {
    return this.stack.backend === 'cloud' ? ['-no-color'] : ['-json'];
  }

  private lock(): string[] {
    return this.options.lockTimeout === undefined ? [] : [`-lock-timeout=${this.options.lockTimeout}`];
  }

  /** Installs providers and connects to the backend. */
  private async init(): Promise<void> {
    this.log('Preparing Terraform: providers and backend ...');
    const words = ['init', '-input=false', '-no-color', ...this.lock()];
    let ending = await this.run(words);
    // The stack requires exact versions of its providers, so -upgrade can only select these.
    if (ending.code !== 0 && allText(ending).includes('init -upgrade')) ending = await this.run([...words, '-upgrade']);
    if (ending.code !== 0 && BACKEND_CHANGED.test(allText(ending)) && (await this.mayMigrate())) {
      ending = await this.run([...words, '-migrate-state', '-force-copy']);
    }
    if (ending.code !== 0) throw this.fault('init', ending);
  }

  private async mayMigrate(): Promise<boolean> {
    if (this.options.migrateState) return true;
    if (!process.stdin.isTTY || this.options.json) return false;
    return confirmed('The config names another backend than the last deployment did. Copy the state to it?', false);
  }

  private async run(words: readonly string[]): Promise<TerraformEnd> {
    const ending = await this.terraform.run(this.stack.dir, words);
    if (ending.interrupted) throw new Interrupted('Interrupted. Nothing was changed.');
    return ending;
  }

  private fault(command: string, ending: TerraformEnd): CommandFailure {
    const { terraform, stack } = this;
    return terraformFault(ending, {
      step: `terraform ${command}`,
      ownerOf: ownerFinder(stack, []),
      commandLine: (words) => terraform.commandLine(stack.dir, words),
    });
  }
}

/** A folder that only the current user can read, since a plan contains secrets. It is deleted when the process ends. */
function planFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-plan-'));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Terraform's text of a plan. */
export async function details({ terraform, stack, file }: TerraformPlan): Promise<string> {
  const color = process.stdout.isTTY ? [] : ['-no-color'];
  return (await terraform.run(stack.dir, ['show', ...color, file])).text;
}
