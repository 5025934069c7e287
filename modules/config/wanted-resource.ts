import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import type { ReferredResource, TypedSchema } from './indexed-config';
import { withArticle } from './type-name';

/** The finding for a directive that refers to anything but the ARN of a resource of one type. */
export function otherThanArnOf({ shape }: TypedSchema, referred: ReferredResource | undefined): Finding | undefined {
  const type = shape.type.value;
  if (referred === undefined || (referred.type === type && referred.param === 'arn')) return undefined;
  const { name, param } = referred;
  const fix =
    referred.type === type
      ? `write $ResourceParam('${name}', 'arn')`
      : `name a resource of type ${type}: "${name}" is ${withArticle(String(referred.type))}`;
  const found = foundValue(`$ResourceParam('${name}', '${param}')`);
  return { found, accepted: `the ARN of a resource of type ${type}`, fix };
}
