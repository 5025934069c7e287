import { colors } from '../command/colors';
import { DONE, FAILED } from '../command/exit-code';
import { confirmed, refuseSilentQuestion } from '../command/question';
import { CommandFailure } from '../command/reported-error';
import { twoColumns, widthOf } from '../command/two-columns';
import type { PlanSummary } from './plan-summary';
import { countText, ownerName, planText, warnings } from './plan-text';
import { Progress } from './progress';
import { Interrupted, type Output } from './terraform';
import { terraformFault } from './terraform-fault';
import { details, type PlanOptions, planned, type TerraformPlan } from './terraform-plan';

/** Options of `diff`. */
export interface DiffOptions extends PlanOptions {
  readonly exitCode: boolean;
}

/** Exit code of `diff --exit-code` if anything would change. */
const CHANGES = 3;

/** Prints what a deployment would change. */
export async function diff(stack: string | undefined, options: DiffOptions): Promise<number> {
  const plan = await planned(stack, false, options, logOf(options));
  const { summary } = plan;
  if (options.json) printJson(planJson(summary));
  else if (summary.hasChanges) await printPlan(plan, options);
  else console.log('Nothing would change.');
  return options.exitCode && summary.hasChanges ? CHANGES : DONE;
}

/** Shows a plan and, after confirmation, applies it. */
export async function deploy(stack: string | undefined, options: PlanOptions): Promise<number> {
  refuseSilentQuestion(options);
  const plan = await planned(stack, false, options, logOf(options));
  const { summary } = plan;
  if (!summary.hasChanges) {
    if (options.json) printJson({ ...planJson(summary), applied: false });
    else console.log('Nothing to change: the deployed stack matches the config.');
    return DONE;
  }
  if (!options.json) await printPlan(plan, options);
  if (!(await confirmed('Deploy these changes?', options.yes ?? false))) return declined();
  const outputs = await applied(plan, options, 'Deploying', 'deploy');
  const shown = Object.fromEntries(
    Object.entries(outputs).map(([name, { sensitive, value }]) => [name, sensitive ? '(sensitive)' : value]),
  );
  if (options.json) printJson({ ...planJson(summary), applied: true, outputs: shown });
  else printOutputs(shown);
  return DONE;
}

/** Shows what a stack has created and, after confirmation, deletes it. */
export async function destroy(stack: string | undefined, options: PlanOptions): Promise<number> {
  refuseSilentQuestion(options);
  const plan = await planned(stack, true, options, logOf(options));
  const { summary } = plan;
  if (summary.owners.length === 0) {
    if (options.json) printJson({ ...planJson(summary), applied: false });
    else console.log('Nothing to destroy: nothing is deployed.');
    return DONE;
  }
  if (!options.json) await printPlan(plan, options);
  if (!(await confirmed(`Destroy all of stack ${summary.stack}?`, options.yes ?? false))) return declined();
  await applied(plan, options, 'Destroying', 'destroy');
  if (options.json) printJson({ ...planJson(summary), applied: true });
  return DONE;
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
  const { owners, ...rest } = summary;
  return {
    ...rest,
    changes: owners.map((owner) => ({
      kind: owner.kind,
      name: owner.name,
      action: owner.action,
      resources: owner.parts.map(({ address, action, part, changed }) => ({ address, action, part, changed })),
      warnings: warnings(owner).map(([kind, text]) => ({ kind, text: text.slice(ownerName(owner).length + 2) })),
    })),
  };
}

function printJson(document: object): void {
  console.log(JSON.stringify(document, undefined, 2));
}
