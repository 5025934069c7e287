import { ecrImage } from '../rules/ecr-image';
import { type CheckContext, isToken, refuse } from './checked';
import { walk } from './directive-rules';
import { formatFound } from './problem';
import { asObject } from './referred-resource';
import { parseParameter } from './secret-directive';

/** Refuses images that no instance could pull for want of a way to their registry: such a job would wait and then fail. */
export function checkImagesReachable(resources: unknown, vpc: unknown, context: CheckContext): void {
  if (asObject(vpc).egress !== 'endpoints') return;
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { type, properties } = asObject(asObject(asObject(asObject(resource).properties).container).packaging);
    const { image } = asObject(properties);
    if (type !== 'prebuilt-image' || typeof image !== 'string' || isToken(image) || image.startsWith('$')) continue;
    if (ecrImage(image) !== undefined) continue;
    const accepted =
      "an image in Amazon ECR, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1: vpc.egress 'endpoints' leads nowhere else";
    const fix = "copy the image to ECR, or set vpc.egress to 'nat'";
    const path = ['resources', name, 'properties', 'container', 'packaging', 'properties', 'image'];
    refuse(context, { found: formatFound(image), accepted, fix }, path);
  }
}

/** Refuses parameters of AWS Systems Manager where instances reach only what the endpoints lead to: their containers would not start. */
export function checkParametersReachable(resources: unknown, vpc: unknown, context: CheckContext): void {
  if (asObject(vpc).egress !== 'endpoints') return;
  walk(resources, ['resources'], (text, path) => {
    if (parseParameter(text) === undefined) return;
    const accepted =
      "$Secret('<name>.<key>'): vpc.egress 'endpoints' leads to AWS Secrets Manager, and not to AWS Systems Manager";
    const fix = "keep it in AWS Secrets Manager, or set vpc.egress to 'nat'";
    refuse(context, { found: formatFound(text), accepted, fix }, path);
  });
}
