import { SES } from '../modules/access/ses';
import { connectSources } from '../modules/connect-targets';
import { ResourceCatalog } from '../modules/resources/catalog';

type Context = Parameters<typeof connectSources>[1];

const BUCKET = { type: 'bucket', params: {} };
const FUNCTION = { type: 'function', params: {} };

function connected(entries: Parameters<typeof connectSources>[0]) {
  const catalog = new ResourceCatalog();
  catalog.add('files', BUCKET);
  catalog.add('there', FUNCTION);
  const resources = {
    load: { type: 'batch-job', properties: { logging: { disabled: false } } },
    quiet: { type: 'batch-job', properties: { logging: { disabled: true } } },
    hello: { type: 'function', properties: { logging: { disabled: false } } },
    silent: { type: 'function', properties: { logging: { disabled: true } } },
    plain: { type: 'function' },
    there: { type: 'function', existing: { arn: 'arn:there' } },
    files: { type: 'bucket' },
  } as unknown as Context['resources'];
  const aws = { arn: (service: string, resource: string) => `${service}:${resource}` } as Context['aws'];
  return connectSources(entries, {
    stackName: 'reports',
    resources,
    catalog,
    aws,
    queueArns: (job) => [`queue of ${job}`],
  });
}

it('a job is connected to by its names, so that jobs can connect to each other', () => {
  expect(connected(['load'])).toEqual([
    {
      name: 'load',
      resource: {
        type: 'batch-job',
        arn: 'states:stateMachine:reports-load',
        params: {
          stateMachineArn: 'states:stateMachine:reports-load',
          jobDefinitionArn: 'batch:job-definition/reports-load',
          logGroupArn: 'logs:log-group:/batch-jobs/reports/load',
        },
        queueArns: ['queue of load'],
      },
    },
  ]);
  expect(connected(['quiet'])).toMatchObject([{ resource: { params: { logGroupArn: undefined } } }]);
});

it.each([
  ['hello', 'logs:log-group:/aws/lambda/reports-hello'],
  ['silent', undefined],
  ['plain', 'logs:log-group:/aws/lambda/reports-plain'],
])('so is the function %s, without its address', (name, logGroupArn) => {
  const arn = `lambda:function:reports-${name}`;
  expect(connected([name])).toEqual([
    {
      name,
      resource: { type: 'function', arn, params: { arn, name: `reports-${name}`, logGroupArn, url: undefined } },
    },
  ]);
});

it('what is there, and every other resource, is what the stack has', () => {
  const [there, files] = connected(['there', 'files']);
  expect(there).toMatchObject({ name: 'there' });
  expect((there as { resource: unknown }).resource).toBe(FUNCTION);
  expect((files as { resource: unknown }).resource).toBe(BUCKET);
});

it('parts of a resource are narrowed, and have the same object', () => {
  const [one, other, mail] = connected([
    { name: 'load', access: 'read' },
    { name: 'load', access: 'write', prefix: 'in/' },
    SES,
  ]) as { resource: unknown }[];
  expect(one).toMatchObject({ name: 'load', access: 'read' });
  expect(other).toMatchObject({ name: 'load', access: 'write', prefix: 'in/' });
  expect(one?.resource).toBe(other?.resource);
  expect(mail).toBe(SES);
});

it('a name without a resource is a mistake of the checks before', () => {
  expect(() => connected(['gone'])).toThrow(new Error('the stack has no resource "gone"'));
});
