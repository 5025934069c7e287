import { TerraformProvider, type TerraformResource, type TerraformStack } from 'cdktf';
import { formatCount } from '../problems/phrases';
import { QUOTAS } from '../rules/quotas';
import { attributesOf } from '../terraform/known-length';
import { type ByType, type Excess, grouped, partOf } from './sum';

interface CountRule {
  readonly type: string;
  /** Attributes that identify the group in which resources are counted. Empty for account and region. */
  readonly of: readonly string[];
  readonly most: number;
  readonly what: string;
  readonly keys: readonly string[];
  readonly fix: string;
}

/** Maximum number of resources of a type per group. */
const RULES: readonly CountRule[] = [
  {
    type: 'aws_apigatewayv2_route',
    of: ['api_id'],
    most: QUOTAS.routesOfApi,
    what: 'routes of an HTTP API',
    keys: [],
    fix: 'put some of them on another http-api-gateway, or use a path such as /{proxy+} and read it in the job',
  },
  {
    type: 'aws_apigatewayv2_authorizer',
    of: ['api_id'],
    most: QUOTAS.authorizersOfApi,
    what: 'authorizers of an HTTP API',
    keys: [],
    fix: 'let routes share one (same function or pool, same settings), or put some on another http-api-gateway',
  },
  {
    type: 'aws_apigatewayv2_integration',
    of: ['api_id'],
    most: QUOTAS.integrationsOfApi,
    what: 'functions behind an HTTP API',
    keys: ['events'],
    fix: 'put some of the jobs behind another http-api-gateway',
  },
  {
    type: 'aws_cloudwatch_event_rule',
    of: ['event_bus_name'],
    most: QUOTAS.rulesOfBus,
    what: 'rules of an event bus',
    // Of events, and of notifications and the alarm for waiting runs: up to two for each job.
    keys: [],
    fix: 'put some of them on another event-bus, or give one rule a pattern with several values; schedules, and jobs with notifications, go to other accounts or regions',
  },
  {
    type: 'aws_lb_listener_rule',
    of: ['listener_arn'],
    most: QUOTAS.rulesOfLoadBalancer,
    what: 'rules of a load balancer',
    keys: ['events'],
    fix: 'give one rule several paths or hosts, or put some on another application-load-balancer',
  },
  {
    type: 'aws_batch_compute_environment',
    of: [],
    most: QUOTAS.computeEnvironments,
    what: 'compute environments of an account in a region',
    keys: ['resources'],
    fix: 'let jobs share them: the same instanceTypes, the same databases in connectTo; or divide the stack between accounts',
  },
  {
    type: 'aws_batch_job_queue',
    of: [],
    most: QUOTAS.jobQueues,
    what: 'job queues of an account in a region',
    keys: ['resources'],
    fix: 'let jobs share them: the same instanceTypes, the same databases in connectTo; or divide the stack between accounts',
  },
  {
    type: 'aws_kinesis_stream_consumer',
    of: ['stream_arn'],
    most: QUOTAS.consumersOfStream,
    what: 'consumers of a stream',
    keys: ['events'],
    fix: 'leave autoCreateConsumer out in some: they then share what the stream itself delivers',
  },
  {
    type: 'aws_vpc_security_group_ingress_rule',
    of: ['security_group_id'],
    most: QUOTAS.rulesOfSecurityGroup,
    what: 'rules that let jobs into a database',
    keys: ['connectTo'],
    fix: 'let jobs share capacity: the same instanceTypes and the same databases in connectTo',
  },
];

/** Resources over a quota of AWS. */
export function countExcesses(types: ByType): Excess[] {
  return RULES.flatMap(({ type, of, most, what, keys, fix }) => {
    const groups = grouped(types.get(type) ?? [], (resource) => {
      const attributes = attributesOf(resource);
      return JSON.stringify(of.map((attribute) => attributes[attribute] ?? ''));
    });
    return [...groups.values()].flatMap((group): Excess[] => {
      const last = group[most];
      if (last === undefined) return [];
      const found = `${formatCount(group.length)} ${what}`;
      return [{ at: last, keys, found, accepted: `at most ${formatCount(most)}`, fix }];
    });
  });
}

type Tags = { readonly [key: string]: string };

/** Tags of single resources, including the provider's default tags: too many of them, or keys that IAM treats as equal. */
export function tagExcesses(stack: TerraformStack, types: ByType): Excess[] {
  const defaults = defaultTags(stack);
  const excesses = [...types.values()].flat().flatMap((resource): Excess[] => {
    const own = (resource as TerraformResource & { readonly tagsInput?: Tags }).tagsInput;
    if (own === undefined || Object.keys(own).length === 0) return [];
    return tagExcess(resource, defaults, own);
  });
  // One per owner of tags, not one per resource.
  return [...new Map(excesses.map((item) => [`${partOf(item.at, stack)} ${item.found}`, item])).values()];
}

function tagExcess(at: TerraformResource, defaults: Tags, own: Tags): Excess[] {
  const names = Object.keys({ ...defaults, ...own });
  const keys = ['tags'];
  if (names.length > QUOTAS.tagsOfResource) {
    const shared = Object.keys(own).filter((key) => Object.hasOwn(defaults, key)).length;
    const found = `${names.length} tags: ${Object.keys(defaults).length} of the stack and ${Object.keys(own).length - shared} others${'Name' in own ? ', "Name" among them' : ''}`;
    const fix = `leave ${names.length - QUOTAS.tagsOfResource} out, here or in the tags of the stack`;
    return [{ at, keys, found, accepted: `at most ${QUOTAS.tagsOfResource} on one resource`, fix }];
  }
  const duplicates = [...grouped(names, (name) => name.toLowerCase()).values()].find((group) => group.length > 1);
  if (duplicates === undefined) return [];
  const found = `the tags ${duplicates.map((name) => `"${name}"`).join(' and ')} on one resource`;
  return [
    {
      at,
      keys,
      found,
      accepted: 'keys that differ in more than case: IAM treats these as the same key',
      fix: 'write both in the same way',
    },
  ];
}

function defaultTags(stack: TerraformStack): Tags {
  const providers = stack.node.findAll().filter((node) => TerraformProvider.isTerraformProvider(node));
  const { defaultTagsInput } = (providers.find((node) => 'defaultTagsInput' in node) ?? {}) as {
    readonly defaultTagsInput?: readonly { readonly tags?: Tags }[];
  };
  return Object.assign({}, ...(Array.isArray(defaultTagsInput) ? defaultTagsInput : []).map(({ tags }) => tags));
}
