import type { DeployedDifference, DeploymentState } from '../../../model/deployed';
import { clockText, dateText } from '../../../model/time-text';
import { type Answer, useAnswer } from '../api/answer';
import { Note, Problem } from '../parts/states';
import { accountText, useConsole } from '../shell/console-state';

/** Differences that are named. */
const MOST_NAMED = 3;

/** What is deployed. Asked for again when the config or the deployment changes. */
export function useDeployment(isShown: boolean): Answer<DeploymentState> {
  return useAnswer<DeploymentState>(isShown ? '/api/deployment' : undefined, ['deployed', 'stack']);
}

/** `Deployed 24 Nov 2026, 09:12 UTC to account 1234-5678-9012.` Nothing as long as it is not known. */
export function DeployedLine({ deployment }: { readonly deployment?: DeploymentState }) {
  if (deployment === undefined || !deployment.isDeployed) return null;
  const { deployedAt, account } = deployment;
  const when = deployedAt === undefined ? '' : ` ${dateText(deployedAt, 'utc')}, ${minuteText(deployedAt)} UTC`;
  return (
    <>
      {' '}
      Deployed{when} to account {accountText(account)}.
    </>
  );
}

/** What a person should know before the picture: that nothing is deployed, or another config. */
export function DeploymentBanner({ answer }: { readonly answer: Answer<DeploymentState> }) {
  const commands = useConsole()?.commands;
  const { data, problem, reload } = answer;
  if (data === undefined) return problem === undefined ? null : <Problem message={problem} onRetry={reload} />;
  if (!data.isDeployed) {
    return (
      <Note>
        <b>Not deployed in {data.region}.</b> Run <code>{commands?.deploy ?? 'npx batch-jobs deploy'}</code>.
      </Note>
    );
  }
  const hasChanged = data.differences.length > 0 || data.missing.length > 0;
  return (
    <>
      {data.problem !== undefined && <Problem message={data.problem} onRetry={reload} />}
      {hasChanged && (
        <Note>
          <b>The config has changed since the last deployment.</b> {differencesText(data)} Run{' '}
          <code>{commands?.diff ?? 'npx batch-jobs diff'}</code> to see what would change.
        </Note>
      )}
    </>
  );
}

/** `nightlyReport: memory 1800 to 2048. retrain is not deployed.` */
function differencesText({ differences, missing }: DeploymentState): string {
  const changed = differences.slice(0, MOST_NAMED).map(differenceText);
  const more = differences.length - changed.length;
  return [
    ...changed,
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...missing.map((job) => `${job} is not deployed.`),
  ].join(' ');
}

function differenceText({ job, property, deployed, config }: DeployedDifference): string {
  const name = property.replace(/^resources\./, '');
  if (deployed === undefined && config === undefined) return `${job}: ${name} is another.`;
  if (config === undefined) return `${job}: ${name} ${deployed}, not in the config.`;
  return `${job}: ${name} ${deployed ?? 'not set'} to ${config}.`;
}

function minuteText(at: number): string {
  return clockText(at, 'utc').slice(0, 5);
}
