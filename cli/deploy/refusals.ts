import { leaveOutError } from '../command/error-document';
import { CommandFailure } from '../command/reported-error';
import type { PlanSummary } from './plan-summary';
import { losses, protectedParts, refusals, warningText } from './warnings';

/** Maximum number of lines of a list in a question or an error. The plan has all of them. */
const MOST_LINES = 12;

/**
 * Ends a command whose plan must not be applied, or cannot be: it deletes what is protected, or AWS refuses a part of it, which Terraform
 * would notice only after it has changed the rest.
 *
 * @param isPrinted whether the plan is a document on standard output already, which an error would follow
 * @throws CommandFailure
 */
export function refusePlan(summary: PlanSummary, isPrinted = false): void {
  const parts = protectedParts(summary);
  const refused = refusals(summary);
  if (parts.length === 0 && refused.length === 0) return;
  if (isPrinted) leaveOutError();
  throw new CommandFailure(
    [
      // Terraform itself protects only what is still in the config, so this is for what was removed from it.
      ...(parts.length === 0
        ? []
        : [
            'Nothing was changed, because the plan deletes or replaces what is protected:',
            ...shortened(parts.map((part) => `  ${part}`)),
            'To go ahead, first deploy with protect: false. Add again what you removed from the config until then.',
          ]),
      ...(refused.length === 0
        ? []
        : [
            'Nothing was changed, because AWS will refuse a part of the plan:',
            ...shortened(refused.map((warning) => `  ${warningText(warning)}.`)),
            'Do that, and run the command again.',
          ]),
    ].join('\n'),
  );
}

/** The answer of `--yes` is to the first question only. */
export function refuseSilentLoss(
  summary: PlanSummary,
  { yes = false, acceptLoss }: { readonly yes?: boolean; readonly acceptLoss: boolean },
): void {
  if (!yes || acceptLoss || losses(summary).length === 0) return;
  throw new CommandFailure(
    [
      'Nothing was changed, because the deployment loses data or runs:',
      ...lossLines(summary),
      'If that is what you want, add --accept-loss to --yes.',
    ].join('\n'),
  );
}

/** What is lost, a line each. */
export function lossLines(summary: PlanSummary): readonly string[] {
  return shortened(losses(summary).map((loss) => `  ${warningText(loss)}`));
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `  and ${lines.length - MOST_LINES} more`] : lines;
}
