import { consoleLinks } from '../../../cli/operate/links';

const ACCOUNT = '123456789012';

function linksOf(region: string) {
  const links = consoleLinks(region);
  if (links === undefined) throw new Error(`no console in ${region}`);
  return links;
}

describe('links to the consoles', () => {
  const links = linksOf('eu-west-1');
  const home = (path: string, hash: string) =>
    `https://eu-west-1.console.aws.amazon.com/${path}?region=eu-west-1#${hash}`;

  it('lead to Step Functions', () => {
    const machine = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:shop-report`;
    expect(links.stateMachine(machine)).toBe(home('states/home', `/statemachines/view/${machine}`));
    const execution = `arn:aws:states:eu-west-1:${ACCOUNT}:execution:shop-report:report-0a1b`;
    expect(links.execution(execution)).toBe(home('states/home', `/v2/executions/details/${execution}`));
  });

  it('encode the name that a person gave an execution', () => {
    expect(links.execution('arn:aws:states:eu-west-1:1:execution:m:für 100+1')).toMatch(
      /:execution:m:f%C3%BCr%20100%2B1$/,
    );
  });

  it('lead to AWS Batch', () => {
    expect(links.batchJob('4e1c8a6b-12')).toBe(home('batch/home', 'jobs/detail/4e1c8a6b-12'));
    const queue = `arn:aws:batch:eu-west-1:${ACCOUNT}:job-queue/shop-spot`;
    expect(links.jobQueue(queue)).toBe(home('batch/home', `queues/detail/${queue}`));
    const environment = `arn:aws:batch:eu-west-1:${ACCOUNT}:compute-environment/shop-spot-1`;
    expect(links.computeEnvironment(environment)).toBe(
      home('batch/home', `compute-environments/detail/${environment}`),
    );
    const definition = `arn:aws:batch:eu-west-1:${ACCOUNT}:job-definition/shop-report:7`;
    expect(links.jobDefinition(definition)).toBe(home('batch/home', `job-definition/detail/${definition}`));
  });

  it('encode names of log groups and streams twice', () => {
    expect(links.logGroup('/batch-jobs/shop/report')).toBe(
      home('cloudwatch/home', 'logsV2:log-groups/log-group/$252Fbatch-jobs$252Fshop$252Freport'),
    );
    expect(links.logStream('/batch-jobs/shop/report', 'job/default/0a1b [2] $LATEST#%')).toBe(
      home(
        'cloudwatch/home',
        'logsV2:log-groups/log-group/$252Fbatch-jobs$252Fshop$252Freport/log-events/' +
          'job$252Fdefault$252F0a1b$2520$255B2$255D$2520$2524LATEST$2523$2525',
      ),
    );
  });

  it('lead to Lambda, EventBridge, SQS and CloudWatch', () => {
    expect(links.lambdaFunction('shop-report-trigger')).toBe(home('lambda/home', '/functions/shop-report-trigger'));
    expect(links.rule('shop-report-schedule')).toBe(
      home('events/home', '/eventbus/default/rules/shop-report-schedule'),
    );
    expect(links.rule('orders', 'shop/orders')).toBe(home('events/home', '/eventbus/shop%2Forders/rules/orders'));
    expect(links.queue(`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders.fifo`)).toBe(
      home('sqs/v3/home', `/queues/https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F${ACCOUNT}%2Forders.fifo`),
    );
    expect(links.dashboard('shop jobs')).toBe(home('cloudwatch/home', 'dashboards/dashboard/shop%20jobs'));
    expect(links.alarm('shop/report failed')).toBe(home('cloudwatch/home', 'alarmsV2:alarm/shop%2Freport%20failed'));
  });

  it('lead to an object whose key has characters that URLs give a meaning', () => {
    const url = new URL(links.s3Object('shop-events', 'in/a b&region=x#1+2.json'));
    expect(url.pathname).toBe('/s3/object/shop-events');
    expect(url.searchParams.get('prefix')).toBe('in/a b&region=x#1+2.json');
    expect(url.searchParams.get('region')).toBe('eu-west-1');
    expect(url.hash).toBe('');
  });
});

describe('the host', () => {
  it.each([
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu'],
    ['ap-southeast-2', 'ap-southeast-2.console.aws.amazon.com'],
  ])('of %s is that of its partition', (region, host) => {
    const links = linksOf(region);
    const urls = [links.batchJob('1'), links.logGroup('/a'), links.s3Object('b', 'k'), links.queue('https://q')];
    expect(urls.map((url) => new URL(url).host)).toEqual(urls.map(() => host));
  });

  it('is unknown where consoles are not public', () => {
    expect(consoleLinks('us-iso-east-1')).toBeUndefined();
    expect(consoleLinks('us-isob-east-1')).toBeUndefined();
  });
});
