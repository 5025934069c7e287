import { SES } from '../access/ses';
import { isToken } from '../config/checked';
import { connectedName } from '../config/connect-to';
import { type IndexedConfig, jobs, listOf, stringsOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { parseParameter } from '../config/secret-directive';
import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { referableOf } from '../resources/referables';
import { ecrImage } from '../rules/ecr-image';
import { dnsSuffix, partitionOf } from '../rules/partitions';
import { images } from './images';

function onlyEndpoints(index: IndexedConfig): boolean {
  return index.section('vpc').egress === 'endpoints';
}

/** A job whose instance can't pull its image would wait and then fail. */
const reachableImages = rule('invalid-value', images, function* (all, index) {
  if (!onlyEndpoints(index)) return;
  for (const { image, path, packaging } of all) {
    if (packaging !== 'prebuilt-image' || isToken(image) || image.startsWith('$')) continue;
    const finding = unreachable(image, index.region);
    if (finding !== undefined) yield { path, finding };
  }
});

function unreachable(image: string, stated: string | undefined): Finding | undefined {
  const place = ecrImage(image);
  if (place === undefined) {
    const region = stated ?? 'eu-west-1';
    const example = `123456789012.dkr.ecr.${region}.${dnsSuffix(partitionOf(region))}/job:1`;
    const accepted = `an image in Amazon ECR, such as ${example}: with vpc.egress 'endpoints', jobs reach no other registry`;
    return { found: foundValue(image), accepted, fix: "copy the image to ECR, or set vpc.egress to 'nat'" };
  }
  // Another check refuses images in another partition.
  if (stated === undefined || place.region === stated || partitionOf(place.region) !== partitionOf(stated))
    return undefined;
  const accepted = `an image in Amazon ECR in ${stated}: with vpc.egress 'endpoints', jobs reach no other region`;
  const fix = `copy the image to a repository in ${stated}, or set vpc.egress to 'nat'`;
  return { found: foundValue(image, `, in ${place.region}`), accepted, fix };
}

/** A job would have permission to call a service without an endpoint, but its requests would time out. */
const reachableConnections = rule('wrong-location', jobs, function* (all, index) {
  if (!onlyEndpoints(index)) return;
  for (const { properties, path } of all) {
    for (const [position, target] of listOf(properties.connectTo).entries()) {
      const service = serviceOf(connectedName(target), index);
      if (service === undefined) continue;
      const accepted =
        "connections to buckets, databases and Redis: with vpc.egress 'endpoints', jobs reach no other service";
      const found = foundValue(connectedName(target), `, which is reached by ${service}`);
      const fix = "set vpc.egress to 'nat', or remove the connection";
      yield { path: [...path, 'connectTo', position], finding: { found, accepted, fix } };
    }
  }
});

function serviceOf(target: unknown, { resources }: IndexedConfig): string | undefined {
  if (target === SES) return 'Amazon SES';
  return referableOf(resources.get(String(target))?.type)?.unreachableService;
}

/** No endpoint reaches AWS Systems Manager, so containers would not start. */
const reachableParameters = rule('wrong-location', stringsOf('resources'), function* (strings, index) {
  if (!onlyEndpoints(index)) return;
  for (const { text, path } of strings) {
    // Another rule knows which functions are in the VPC.
    if (parseParameter(text) === undefined || index.resources.get(String(path[1]))?.type === 'function') continue;
    const accepted =
      "$Secret('<name>.<key>'): with vpc.egress 'endpoints', jobs reach AWS Secrets Manager and not AWS Systems Manager";
    const fix = "store it in AWS Secrets Manager, or set vpc.egress to 'nat'";
    yield { path, finding: { found: foundValue(text), accepted, fix } };
  }
});

/** What jobs reach if `vpc.egress` is `endpoints`. */
export const EGRESS_RULES = [reachableImages, reachableConnections, reachableParameters];
