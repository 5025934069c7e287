import { SES } from '../access/ses';
import { type CheckContext, isToken, refuse } from '../config/checked';
import { asObject } from '../config/referred-resource';
import { parseParameter } from '../config/secret-directive';
import { type Finding, formatFound } from '../problems/problem';
import { referableOf } from '../resources/referables';
import { ecrImage } from '../rules/ecr-image';
import { dnsSuffix, partitionOf } from '../rules/partitions';
import { walk } from './directive-rules';

/** A config in which other checks might have found problems. */
type Config = { readonly [section in 'region' | 'resources' | 'vpc']?: unknown };

/** Refuses images that instances can't pull because they can't reach the registry. Such a job would wait and then fail. */
export function checkImagesReachable({ resources, vpc, region }: Config, context: CheckContext): void {
  if (asObject(vpc).egress !== 'endpoints') return;
  const stated = typeof region === 'string' && !isToken(region) ? region : undefined;
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { type, properties } = asObject(asObject(asObject(asObject(resource).properties).container).packaging);
    const { image } = asObject(properties);
    if (type !== 'prebuilt-image' || typeof image !== 'string' || isToken(image) || image.startsWith('$')) continue;
    const finding = unreachable(image, stated);
    if (finding === undefined) continue;
    refuse(context, finding, ['resources', name, 'properties', 'container', 'packaging', 'properties', 'image']);
  }
}

function unreachable(image: string, stated: string | undefined): Finding | undefined {
  const place = ecrImage(image);
  if (place === undefined) {
    const region = stated ?? 'eu-west-1';
    const example = `123456789012.dkr.ecr.${region}.${dnsSuffix(partitionOf(region))}/job:1`;
    const accepted = `an image in Amazon ECR, such as ${example}: with vpc.egress 'endpoints', jobs reach no other registry`;
    return { found: formatFound(image), accepted, fix: "copy the image to ECR, or set vpc.egress to 'nat'" };
  }
  // Another check refuses images in another partition.
  if (stated === undefined || place.region === stated || partitionOf(place.region) !== partitionOf(stated))
    return undefined;
  const accepted = `an image in Amazon ECR in ${stated}: with vpc.egress 'endpoints', jobs reach no other region`;
  const fix = `copy the image to a repository in ${stated}, or set vpc.egress to 'nat'`;
  return { found: `${formatFound(image)}, in ${place.region}`, accepted, fix };
}

/** Refuses parameters of AWS Systems Manager if `vpc.egress` is `endpoints`: no endpoint reaches it, so containers would not start. */
export function checkParametersReachable(resources: unknown, vpc: unknown, context: CheckContext): void {
  if (asObject(vpc).egress !== 'endpoints') return;
  walk(resources, ['resources'], (text, path) => {
    if (parseParameter(text) === undefined) return;
    const accepted =
      "$Secret('<name>.<key>'): with vpc.egress 'endpoints', jobs reach AWS Secrets Manager and not AWS Systems Manager";
    const fix = "store it in AWS Secrets Manager, or set vpc.egress to 'nat'";
    refuse(context, { code: 'wrong-location', found: formatFound(text), accepted, fix }, path);
  });
}

/** Refuses connections of jobs to services without an endpoint. The job would have permission to call them, but requests would time out. */
export function checkConnectionsReachable(resources: unknown, vpc: unknown, context: CheckContext): void {
  if (asObject(vpc).egress !== 'endpoints') return;
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { connectTo } = asObject(asObject(resource).properties);
    if (asObject(resource).type !== 'batch-job' || !Array.isArray(connectTo)) continue;
    for (const [index, target] of connectTo.entries()) {
      const service = serviceOf(target, resources);
      if (service === undefined) continue;
      const accepted =
        "connections to buckets, databases and Redis: with vpc.egress 'endpoints', jobs reach no other service";
      const found = `${formatFound(target)}, which is reached by ${service}`;
      refuse(
        context,
        { code: 'wrong-location', found, accepted, fix: "set vpc.egress to 'nat', or remove the connection" },
        ['resources', name, 'properties', 'connectTo', index],
      );
    }
  }
}

function serviceOf(target: unknown, resources: unknown): string | undefined {
  if (target === SES) return 'Amazon SES';
  return referableOf(asObject(asObject(resources)[String(target)]).type)?.unreachableService;
}
