import { landing } from '../../../modules/compute/landing';
import { allowedTypes, type FitRequest } from '../../../modules/rules/instance-fit';
import { partitionOf } from '../../../modules/rules/partitions';
import type { InstancePrices } from '../../../modules/rules/prices';
import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { awsCredentials } from '../../command/aws-credentials';
import { printMessage } from '../../command/terminal-lines';
import type { CheckFacts } from '../../cost/stack-check';
import { type DeployedJob, Deployment } from '../../operate/deployment';
import { Optional } from '../../operate/optional';
import type { AwsOptions } from '../../operate/options';
import { onDemandPrices } from './price-list';
import { measuredRuns } from './run-minutes';
import { spotPrices } from './spot-prices';

/**
 * What AWS knows of a stack's prices and of how long its runs take. What cannot be asked is left out, with a line that says why.
 *
 * @param given is kept, also where AWS knows something else
 * @param jobs that are checked
 * @throws UsageError if the region or the credentials are unknown
 */
export async function factsFromAws(
  loaded: LoadedConfig,
  options: AwsOptions,
  given: CheckFacts,
  jobs: readonly string[],
): Promise<CheckFacts> {
  const deployment = await Deployment.of(loaded, options);
  try {
    const credentials = awsCredentials(options.profile);
    const optional = new Optional();
    const { region } = deployment;
    const { now } = given;
    const checked = jobs.flatMap((name) => deployment.jobs.get(name) ?? []);
    const all = [...deployment.jobs.values()].map((job) => requestOf(job, deployment));
    const types = [...new Set(all.flatMap((request) => allowedTypes(request) ?? []).map(({ name }) => name))];
    const listed = await optional.of('Prices of instances', async () => {
      // Prices in China are in yuan, and credentials of other partitions are unknown to the API of this one.
      if (partitionOf(region) === 'aws' && types.length > 0) return onDemandPrices(types, region, credentials);
      if (types.length > 0) printMessage(`Prices of instances left out: AWS's Price List API has none for ${region}.`);
      return undefined;
    });
    const regional =
      listed === undefined || listed.size === 0
        ? undefined
        : { region, asOf: now.toISOString().slice(0, 10), of: (type: string) => listed.get(type) };
    const spot = await spotFacts(checked, deployment, regional?.of, (wanted) =>
      optional.of('Spot prices', () => spotPrices(wanted, region, credentials, now)),
    );
    return {
      ...given,
      region,
      ...(regional && { regional }),
      spot,
      ...(given.runs === undefined && { runs: await runFacts(checked, deployment, optional) }),
    };
  } finally {
    deployment.clients.close();
  }
}

function requestOf({ properties }: DeployedJob, { config, region }: Deployment): FitRequest {
  return { ...properties.resources, maxVcpus: config.compute.maxVcpus, region: config.region ?? region };
}

/** Spot prices of the types that the Spot jobs are priced by. */
async function spotFacts(
  jobs: readonly DeployedJob[],
  deployment: Deployment,
  prices: InstancePrices | undefined,
  ask: (types: readonly string[]) => Promise<Awaited<ReturnType<typeof spotPrices>> | undefined>,
): Promise<CheckFacts['spot']> {
  const types = jobs
    .filter(({ properties }) => properties.useSpotInstances)
    .flatMap((job) => landing(requestOf(job, deployment), prices).cheapest?.name ?? []);
  const found = types.length === 0 ? undefined : await ask([...new Set(types)]);
  return (type) => found?.get(type);
}

async function runFacts(
  jobs: readonly DeployedJob[],
  deployment: Deployment,
  optional: Optional,
): Promise<CheckFacts['runs']> {
  const missing = new Set<DeployedJob>();
  const measured = new Map<string, Awaited<ReturnType<typeof measuredRuns>>>();
  for (const job of jobs) {
    measured.set(job.name, await optional.of('How long runs take', () => measuredRuns(deployment, job, missing)));
  }
  const { stackName } = deployment;
  if (missing.size > 0 && missing.size === jobs.length) {
    printMessage(`Stack ${stackName} is not deployed, so how long its runs take is not known. Give --minutes.`);
  } else {
    for (const { name } of missing)
      printMessage(`Job ${name} is not deployed, so how long its runs take is not known.`);
  }
  return (name) => {
    const runs = measured.get(name);
    return runs && { ...runs, from: 'measured' };
  };
}
