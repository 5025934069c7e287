import type { ExpectedJob } from '../../../../cli/operate/info/expected';
import { comparisonOf, partsOf } from '../../../../cli/operate/info/parts';
import { answers, deploymentOf, fault } from '../fake-aws';

const MACHINE = JSON.stringify({ StartAt: 'Job', States: { Job: { Type: 'Succeed' } } });

async function asked(machine: unknown, definitions: unknown) {
  const answer = answers({ DescribeStateMachine: machine, DescribeJobDefinitions: definitions });
  const deployment = deploymentOf(answer);
  const job = deployment.jobNamed('report');
  return { ...(await partsOf(deployment, job)), report: job, requests: answer.requests };
}

const inputOf = (requests: readonly { name: string; input: object }[], name: string) =>
  requests.flatMap((request) => (request.name === name ? [request.input] : []));

describe('the deployed parts of a job', () => {
  it('are its state machine and the newest active revision of its definition, of all pages', async () => {
    const pages = (input: { nextToken?: string }) =>
      input.nextToken === undefined
        ? { jobDefinitions: [{ revision: 3 }, { revision: 9 }, {}], nextToken: 'more' }
        : { jobDefinitions: [{ revision: 8 }] };
    const { machine, definition, job, report, requests } = await asked({ definition: MACHINE }, pages);
    expect(job).toBe(report);
    expect(machine).toBe(MACHINE);
    expect(definition).toEqual({ revision: 9 });
    expect(inputOf(requests, 'DescribeStateMachine')).toEqual([{ stateMachineArn: job.stateMachineArn }]);
    const request = { jobDefinitionName: 'shop-report', status: 'ACTIVE' };
    expect(inputOf(requests, 'DescribeJobDefinitions')).toEqual([request, { ...request, nextToken: 'more' }]);
  });

  it('can be missing', async () => {
    const { machine, definition } = await asked(fault('StateMachineDoesNotExist'), {});
    expect(machine).toBeUndefined();
    expect(definition).toBeUndefined();
  });

  it('are not told to be missing if AWS fails otherwise', async () => {
    await expect(asked(fault('AccessDenied'), {})).rejects.toThrow('It failed (AccessDenied).');
    await expect(asked({}, fault('ClientException'))).rejects.toThrow('It failed (ClientException).');
    await expect(asked(new Error('StateMachineDoesNotExist'), {})).rejects.toThrow('StateMachineDoesNotExist');
  });
});

describe('the comparison with the config', () => {
  const job = deploymentOf(answers({})).jobNamed('report');
  const parts = { job, machine: MACHINE, definition: { jobDefinitionName: 'shop-report', type: 'container' } as never };
  const expected: ExpectedJob = {
    definition: { container_properties: '{}' },
    stateMachine: MACHINE,
    names: new Map(),
  };

  it('is that of both parts', () => {
    const jobs = new Map([['report', expected]]);
    expect(comparisonOf(parts, { jobs })).toEqual({ result: 'same', differences: [] });
    const changed = new Map([['report', { ...expected, definition: { container_properties: '{"image":"new"}' } }]]);
    expect(comparisonOf(parts, { jobs: changed })).toEqual({
      result: 'different',
      differences: [{ property: 'image', deployed: undefined, config: 'new' }],
    });
  });

  it('needs both parts', () => {
    const jobs = new Map([['report', expected]]);
    expect(comparisonOf({ ...parts, machine: undefined }, { jobs })).toBeUndefined();
    expect(comparisonOf({ ...parts, definition: undefined }, { jobs })).toBeUndefined();
  });

  it('says why it was not made', () => {
    const not = { result: 'not-compared', differences: [] };
    expect(comparisonOf(parts, { reason: 'the image is missing' })).toEqual({ ...not, reason: 'the image is missing' });
    expect(comparisonOf(parts, { jobs: new Map() })).toEqual({ ...not, reason: 'the synthesis has no such job' });
  });
});
