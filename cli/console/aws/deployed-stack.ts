import { errorMessage } from '../../../modules/problems/error-message';
import type { DeployedDifference, DeploymentState } from '../../model/deployed';
import { bounded } from '../../operate/bounded';
import type { DeployedJob, Deployment } from '../../operate/deployment';
import { comparisonOf, type Expectation, partsOf } from '../../operate/info/parts';
import { Optional } from '../../operate/optional';
import { partProblem } from './problem-text';

/** What the config would deploy, as JSON: `ExpectedJob` by job, with its names as pairs. */
export type ExpectedJobs = readonly {
  readonly job: string;
  readonly definition: { readonly [argument: string]: unknown };
  readonly stateMachine: string;
  readonly names: readonly (readonly [string, string])[];
}[];

/** What is deployed of the stack, compared with the config. */
export class DeployedStack {
  /** @param expected synthesizes what the config would deploy to a region */
  constructor(
    private readonly deployment: () => Deployment,
    private readonly expected: (region: string) => Promise<ExpectedJobs>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** As it is now. Not rejected: a problem is part of the state. */
  async state(): Promise<DeploymentState> {
    const deployment = this.deployment();
    const { account, region, jobs } = deployment;
    const unknown = { account, region, isDeployed: true, missing: [], differences: [] };
    try {
      const parts = await bounded([...jobs.values()], (job) => partsOf(deployment, job));
      const missing = parts.filter(({ machine, definition }) => machine === undefined || definition === undefined);
      const isDeployed = parts.some(({ machine, definition }) => machine !== undefined || definition !== undefined);
      if (!isDeployed) return { ...unknown, isDeployed };
      const expectation = await this.expectation(region);
      const differences = parts.flatMap((part) =>
        (comparisonOf(part, expectation)?.differences ?? []).map(
          (difference): DeployedDifference => ({ job: part.job.name, ...difference }),
        ),
      );
      const present = parts.filter((part) => !missing.includes(part));
      const times = await bounded(present, ({ job }) => this.changedAt(deployment, job));
      const known = times.filter((time) => time !== undefined);
      return {
        account,
        region,
        isDeployed,
        missing: missing.map(({ job }) => job.name),
        differences,
        deployedAt: known.length === 0 ? undefined : Math.max(...known),
        problem: 'reason' in expectation ? `Not compared with the config: ${expectation.reason}` : undefined,
      };
    } catch (error) {
      this.failed(error);
      return { ...unknown, problem: partProblem('compare the config with what is deployed', error) };
    }
  }

  private async expectation(region: string): Promise<Expectation> {
    try {
      const jobs = await this.expected(region);
      return { jobs: new Map(jobs.map(({ job, names, ...parts }) => [job, { ...parts, names: new Map(names) }])) };
    } catch (error) {
      return { reason: errorMessage(error).split('\n')[0] ?? '' };
    }
  }

  /** AWS says only of the trigger function when it was changed last. */
  private changedAt({ clients }: Deployment, { triggerFunctionName }: DeployedJob): Promise<number | undefined> {
    type Lambda = typeof import('@aws-sdk/client-lambda');
    const { GetFunctionConfigurationCommand } = require('@aws-sdk/client-lambda') as Lambda;
    return new Optional(() => {}).of('The time of the deployment', async () => {
      const request = new GetFunctionConfigurationCommand({ FunctionName: triggerFunctionName });
      const time = Date.parse((await clients.lambda.send(request)).LastModified ?? '');
      return Number.isNaN(time) ? undefined : time;
    });
  }
}
