import { suggestion } from '../problems/suggestion';
import { plainName } from './foreign-names';
import { type Instead, type InsteadOf, OF_ALL_TYPES } from './stacktape';
import { asObject, valueAt } from './value-at';
import type { Vocabulary } from './vocabulary';

/** The config, and what the types of its resources say. */
interface Around {
  readonly root: unknown;
  readonly vocabulary: Pick<Vocabulary, 'stacktape'>;
}

/**
 * What to do about a property of a resource that Stacktape has there: a text, or attributes for `overrides`. Undefined for others.
 *
 * @param isNear also of a property whose name is only similar
 */
export function stacktapeProperty(
  path: readonly PropertyKey[],
  { root, vocabulary }: Around,
  isNear = false,
): Instead | undefined {
  const [resources, name, properties, ...rest] = path;
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  const { type, properties: own } = asObject(valueAt(root, [resources, name ?? '']));
  const { instead, properties: ofType, ownProperties = [] } = vocabulary.stacktape(type) ?? { properties: {} };
  if (rest.length === 0 && instead !== undefined) return instead;
  const common = Object.entries(OF_ALL_TYPES).filter(([each]) => !ownProperties.some((one) => one === each));
  const known: InsteadOf = { ...Object.fromEntries(common), ...ofType };
  const row = known[rowOf(rest.join('.'), Object.keys(known), isNear) ?? ''];
  return typeof row === 'function' ? row(valueAt(root, path), asObject(own)) : row;
}

/** Shorter parts of names stand in too many of them. */
const SHORTEST_PART = 6;

/** The name that a property has in Stacktape, however it is spelled, or that is near: `hostedUi` is `enableHostedUi`. */
function rowOf(key: string, names: readonly string[], isNear: boolean): string | undefined {
  const plain = plainName(key);
  const same = names.find((name) => name === key) ?? names.find((name) => plainName(name) === plain);
  // Inside another property, the same start of all names would make them similar.
  if (same !== undefined || !isNear || key.includes('.')) return same;
  const outer = names.filter((name) => !name.includes('.'));
  const part = plain.length < SHORTEST_PART ? undefined : outer.find((name) => plainName(name).includes(plain));
  return part ?? suggestion(key, outer);
}

const LEFT = 'remove it: not part of this project. Leave it in its stack';

/** Resources of Stacktape that are not part of this project, by type, and what makes them instead. */
export const TYPES: { readonly [type: string]: string } = {
  'web-service': 'aws_ecs_service',
  'private-service': 'aws_ecs_service',
  'worker-service': 'aws_ecs_service',
  'multi-container-workload': 'aws_ecs_service',
  'container-workload': 'aws_ecs_service',
  'edge-lambda-function': 'aws_lambda_function',
  'hosting-bucket': 'aws_s3_bucket_website_configuration',
  'nextjs-web': '',
  'astro-web': '',
  'nuxt-web': '',
  'sveltekit-web': '',
  'solidstart-web': '',
  'tanstack-web': '',
  'remix-web': '',
  convex: '',
  'agentcore-runtime': '',
  'agentcore-memory': '',
  'agentcore-gateway': '',
  'agentcore-browser': '',
  'agentcore-code-interpreter': '',
  bastion: 'aws_instance',
  'network-load-balancer': 'aws_lb',
  'web-app-firewall': 'aws_wafv2_web_acl',
  'open-search-domain': 'aws_opensearch_domain',
  'mongo-db-atlas-cluster': 'mongodbatlas_advanced_cluster',
  'upstash-redis': 'upstash_redis_database',
  'upstash-kafka-topic': '',
  'custom-resource-instance': 'aws_cloudformation_stack',
  'custom-resource-definition': 'aws_cloudformation_stack',
  'deployment-script': '',
  'aws-cdk-construct': 'aws_cloudformation_stack',
  cdn: 'aws_cloudfront_distribution',
  'uptime-check': 'aws_route53_health_check',
  'synthetic-test': 'aws_synthetics_canary',
  'appsync-api': 'aws_appsync_graphql_api',
  'websocket-api-gateway': 'aws_apigatewayv2_api',
  'dsql-database': 'aws_dsql_cluster',
  'email-sender': 'aws_sesv2_email_identity',
  'kafka-cluster': 'aws_msk_cluster',
};

/** Those of them that jobs read the address of, and what a resource of the type `existing` has for the variables of Stacktape. */
const READ: { readonly [type: string]: string } = {
  'open-search-domain': 'variables: { domainEndpoint: "<value>" }',
  'mongo-db-atlas-cluster': 'variables: { connectionString: "<value>" }',
  'upstash-redis': `secrets: { redisUrl: "$Secret('<name>.<key>')" }`,
};

/** What to do about a resource of a type that this project has not. Undefined for others. */
export function insteadOfResource(type: string): string | undefined {
  if (!Object.hasOwn(TYPES, type)) return undefined;
  const read = READ[type];
  if (read !== undefined) {
    return (
      `not part of this project: leave it in its stack, or make it in Terraform beside it (${TYPES[type]}). Write here ` +
      `type: existing and properties: { ${read} }, which jobs and functions with connectTo get`
    );
  }
  return TYPES[type] === '' ? LEFT : `${LEFT}, or in Terraform beside it: ${TYPES[type]}`;
}

/** What to do about an unknown `type` that Stacktape has at a path: a resource, a database engine, a packaging. Undefined for others. */
export function stacktapeType(
  type: unknown,
  path: readonly PropertyKey[],
  { root, vocabulary }: Around,
): string | undefined {
  const name = String(type);
  const [resources, resource = ''] = path;
  if (resources !== 'resources') return undefined;
  if (path.length <= 3) return insteadOfResource(name);
  const property = String(path.filter((key) => key !== 'type').at(-1));
  const ofType = vocabulary.stacktape(valueAt(root, [resources, resource, 'type']))?.typeIn?.(property, name);
  if (ofType !== undefined || property !== 'packaging') return ofType;
  if (name === 'nixpacks') return 'write a Dockerfile and use dockerfile, or external-buildpack';
  return name === 'custom-artifact' ? 'write a Dockerfile that copies the files, and use dockerfile' : undefined;
}
