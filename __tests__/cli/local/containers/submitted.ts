import type { Faults } from '../../../../cli/local/arguments';
import { engineContainers } from '../../../../cli/local/container-engine';
import { LocalBatch } from '../../../../cli/local/local-batch';
import type { LocalContainer } from '../../../../cli/local/local-container';
import type { Json } from '../../../../cli/local/state-machine/json-value';
import type { ProgressEvent } from '../../../../cli/run-report/progress-event';
import { isOf, processesWith } from '../../../e2e/engines/living-processes';
import type { PodmanStorage } from '../../../e2e/engines/podman-storage';
import { NO_FAULTS, onceUp, recorded, SPOT_QUEUE } from '../scenarios';
import { OWN } from '../whole-program';

/** The image of all tests: nothing but Node.js. */
export const IMAGE = 'localhost/node-here:1';

interface Options {
  readonly container?: Partial<LocalContainer>;
  readonly environment?: Record<string, string>;
  readonly faults?: Partial<Faults>;
  /** Called after each piece of news, until the job has ended. */
  readonly meanwhile?: (progressEvents: readonly ProgressEvent[]) => Promise<void>;
}

/** A container that runs a script of Node.js. */
export function containerIn(script: string, container: Options['container']): LocalContainer {
  return {
    image: IMAGE,
    command: ['node', '-e', script],
    environment: {},
    secrets: {},
    architecture: OWN,
    memory: 256,
    init: true,
    ulimits: ['nofile=65536:65536'],
    ...container,
  };
}

/** One job whose container is a script of Node.js. */
export async function submit(script: string, { container, environment, faults, meanwhile }: Options = {}) {
  const { report, progressEvents } = recorded();
  const local = containerIn(script, container);
  const source = engineContainers('podman', local, { report });
  const batch = new LocalBatch({
    container: local,
    retry: undefined,
    source: faults === undefined ? source : onceUp(source),
    environment,
    faults: { ...NO_FAULTS, ...faults },
    report,
  });
  const parameters = {
    JobDefinition: 'd',
    JobQueue: SPOT_QUEUE,
    JobName: 'n',
    ContainerOverrides: { Environment: [] },
  };
  const [outcome] = await Promise.all([batch.submit({ parameters: parameters as Json }), meanwhile?.(progressEvents)]);
  const detail = 'cause' in outcome ? JSON.parse(outcome.cause) : outcome.output;
  const exit = progressEvents.find((progressEvent) => progressEvent.type === 'exit');
  return { detail, exit, output: outputOf(progressEvents) };
}

export function outputOf(progressEvents: readonly ProgressEvent[]): string[] {
  return progressEvents.flatMap((progressEvent) => (progressEvent.type === 'output' ? [progressEvent.text] : []));
}

/** Clients of this test's Podman whose command begins with some words: other files run containers at the same time. */
export const clients = (storage: PodmanStorage, ...words: readonly string[]): number[] =>
  processesWith(`CONTAINERS_STORAGE_CONF=${storage.variables.CONTAINERS_STORAGE_CONF}`).filter((pid) =>
    isOf(pid, 'podman', ...words),
  );
