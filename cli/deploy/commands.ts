import { colors } from '../command/colors';
import { DONE, FAILED } from '../command/exit-code';
import { confirmed, refuseSilentQuestion } from '../command/question';
import { CommandFailure } from '../command/reported-error';
import { twoColumns, widthOf } from '../command/two-columns';
import type { PlanSummary } from './plan-summary';
import { countText, LABELS, planText } from './plan-text';
import { Progress } from './progress';
import { lossLines, refusePlan, refuseSilentLoss } from './refusals';
import { Interrupted, type Output } from './terraform';
import { terraformFault } from './terraform-fault';
import { details, type PlanOptions, planned, type TerraformPlan } from './terraform-plan';
import { losses, protectedParts, refusals, warningsOf } from './warnings';

/** Options of `deploy`. */
export interface DeployOptions extends PlanOptions {
  readonly acceptLoss: boolean;
}

/** Finds the runs in progress of state machines and job queues, by ARN. */
export type RunsIn = (arns: readonly string[], region?: string) => Promise<NonNullable<PlanSummary['runs']>>;

/** Exit codes of `diff`, like those of `terraform plan -detailed-exitcode`, which has no third. */
const CHANGES = 2;
const LOSSES = 3;

/** Prints what a deployment would change. The exit code says whether it would change or lose anything. */
export async function diff(stack: string | undefined, options: PlanOptions, runsIn?: RunsIn): Promise<number> {
  const plan = await withRuns(await planned(stack, false, options, logOf(options)), runsIn);
  const { summary } = plan;
  if (options.json) printJson(planJson(summary));
  else if (summary.hasChanges) await printPlan(plan, options);
  else console.log('Nothing would change.');
  refusePlan(summary, options.json);
  if (!summary.hasChanges) return DONE;
  return losses(summary).length > 0 ? LOSSES : CHANGES;
}

/** Shows a plan and, after confirmation, applies it. Asks a second time if it loses data or runs. */
export async function deploy(stack: string | undefined, options: DeployOptions, runsIn?: RunsIn): Promise<number> {
  refuseSilentQuestion(options);
  const plan = await withRuns(await planned(stack, false, options, logOf(options)), runsIn);
  const { summary } = plan;
  if (!summary.hasChanges) {
    if (options.json) printJson({ ...planJson(summary), applied: false });
    else console.log('Nothing to change: the deployed stack matches the config.');
    return DONE;
  }
  if (!options.json) await printPlan(plan, options);
  refusePlan(summary);
  refuseSilentLoss(summary, options);
  if (!(await confirmed('Deploy these changes?', options.yes ?? false))) return declined();
  if (!(await isLossAccepted(summary, options))) return declined();
  const outputs = await applied(plan, options, 'Deploying', 'deploy');
  const shown = Object.fromEntries(
    Object.entries(outputs).map(([name, { sensitive, value }]) => [name, sensitive ? '(sensitive)' : value]),
  );
  if (options.json) printJson({ ...planJson(summary), applied: true, outputs: shown });
  else printOutputs(shown);
  return DONE;
}

/** Shows what a stack has created and, after confirmation, deletes it. */
export async function destroy(stack: string | undefined, options: PlanOptions, runsIn?: RunsIn): Promise<number> {
  refuseSilentQuestion(options);
  const plan = await withRuns(await planned(stack, true, options, logOf(options)), runsIn);
  const { summary } = plan;
  if (summary.owners.length === 0) {
    if (options.json) printJson({ ...planJson(summary), applied: false });
    else console.log('Nothing to destroy: nothing is deployed.');
    return DONE;
  }
  if (!options.json) await printPlan(plan, options);
  refusePlan(summary);
  if (!(await confirmed(`Destroy all of stack ${summary.stack}?`, options.yes ?? false))) return declined();
  await applied(plan, options, 'Destroying', 'destroy');
  if (options.json) printJson({ ...planJson(summary), applied: true });
  return DONE;
}

/** Adds the runs in progress that a plan loses, if AWS is to be asked. */
async function withRuns(plan: TerraformPlan, runsIn: RunsIn | undefined): Promise<TerraformPlan> {
  if (runsIn === undefined) return plan;
  const { summary } = plan;
  const parts = summary.owners.flatMap((owner) => owner.parts);
  const arns = new Set(parts.flatMap((part) => part.runsIn));
  return { ...plan, summary: { ...summary, runs: await runsIn([...arns], summary.region) } };
}

async function isLossAccepted(summary: PlanSummary, { acceptLoss }: DeployOptions): Promise<boolean> {
  if (acceptLoss || losses(summary).length === 0) return true;
  process.stderr.write(['', 'This loses data or runs:', ...lossLines(summary), ''].join('\n'));
  return confirmed('Lose that, and deploy?', false, '--accept-loss');
}

/** Progress goes to standard error, so that standard output has only the result. */
function logOf({ json }: PlanOptions): (line: string) => void {
  return (line) => (json ? process.stderr : process.stdout).write(`${colors.dim(line)}\n`);
}

async function printPlan(plan: TerraformPlan, { verbose }: PlanOptions): Promise<void> {
  if (verbose) console.log(`\n${await details(plan)}`);
  console.log(['', ...planText(plan.summary, widthOf(process.stdout))].join('\n'));
}

/** Fails, like `terraform apply`: a script must not go on as if the changes were made. */
function declined(): number {
  console.log('Nothing was changed.');
  return FAILED;
}

/** Applies exactly the plan that was shown. */
async function applied(
  { stack, terraform, file, summary, ownerOf }: TerraformPlan,
  { json, verbose, lockTimeout }: PlanOptions,
  doing: string,
  command: string,
): Promise<{ readonly [name: string]: Output }> {
  const stream = json ? process.stderr : process.stdout;
  stream.write(`\n${doing} ...\n`);
  const progress = new Progress(summary, ownerOf, stream, verbose);
  const isCloud = stack.backend === 'cloud';
  const lock = lockTimeout === undefined ? [] : [`-lock-timeout=${lockTimeout}`];
  const words = ['apply', '-input=false', isCloud ? '-no-color' : '-json', ...lock, file];
  const started = Date.now();
  const ending = await terraform.run(stack.dir, words, {
    onMessage: (message) => progress.message(message),
    onText: isCloud ? (line) => progress.text(line) : undefined,
  });
  progress.close();
  if (ending.code !== 0) {
    const commandLine = (more: readonly string[]) => terraform.commandLine(stack.dir, more);
    const fault = terraformFault(ending, { step: 'terraform apply', ownerOf, commandLine });
    const next = `Changes made before that are recorded in the state. To continue, run ${command} again.`;
    if (ending.interrupted) throw new Interrupted(`Interrupted. ${next}`);
    throw new CommandFailure(`${fault.message}\n\n${next}`);
  }
  stream.write(
    `${colors.green('Done')} in ${Math.round((Date.now() - started) / 1000)} s: ${countText(summary, true)}\n`,
  );
  const shown = await terraform.run(stack.dir, ['output', '-json']);
  return shown.code === 0 ? JSON.parse(shown.text || '{}') : {};
}

function printOutputs(outputs: { readonly [name: string]: unknown }): void {
  const rows = Object.entries(outputs).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  if (rows.length === 0) return;
  console.log(['', 'Outputs', ...twoColumns(rows, widthOf(process.stdout))].join('\n'));
}

/** A plan as JSON for other programs. */
export function planJson(summary: PlanSummary) {
  const { owners, runs, ...rest } = summary;
  return {
    ...rest,
    loses: losses(summary).length > 0,
    protected: protectedParts(summary),
    refused: refusals(summary).map(({ whose, text }) => `${whose} ${text}`),
    changes: owners.map((owner) => ({
      kind: owner.kind,
      name: owner.name,
      action: owner.action,
      facts: [...new Set(owner.parts.flatMap((part) => part.facts))],
      runs: owner.runs,
      resources: owner.parts.map(({ address, action, part, changed, isTags }) => ({
        address,
        action,
        part,
        changed,
        onlyTags: isTags,
      })),
      warnings: warningsOf(owner, runs).map(({ kind, whose, text, runs: names }) => ({
        kind: LABELS[kind],
        text: `${whose} ${text}`,
        runs: names,
      })),
    })),
  };
}

function printJson(document: object): void {
  console.log(JSON.stringify(document, undefined, 2));
}
