import { Deployment } from '../../../../cli/operate/deployment';
import { parse } from '../../../../modules/config/parse';
import { batchJobsConfig } from '../../../../modules/stack-config/config';

/** A request, by the name of its command. */
export interface Request {
  readonly name: string;
  readonly input: { readonly [key: string]: unknown };
}

/** A deployment of one job, `report`, whose AWS is a function. Its answers are made, in the shapes of the services' models. */
export function deploymentOf(answer: (request: Request) => unknown): Deployment {
  const client = {
    send: async (command: { readonly input: Request['input'] }) => {
      const result = answer({ name: command.constructor.name.replace(/Command$/, ''), input: command.input });
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const container = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } };
  const properties = { container, resources: { cpu: 1, memory: 512 }, logging: { retentionDays: 30 } };
  const resources = { report: { type: 'batch-job', properties } };
  const config = parse(batchJobsConfig, { stackName: 'shop', region: 'eu-west-1', resources } as never, 'test');
  const clients = { sfn: client, batch: client, logs: client } as never;
  return new Deployment('/project/batch-jobs.config.ts', config, 'eu-west-1', '123456789012', clients);
}
