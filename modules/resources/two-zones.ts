import { companionsOf, type TypedSchema } from '../config/indexed-config';
import { type Rule, rule } from '../config/rule';
import type { Finding } from '../problems/problem';
import type { ProblemCode } from '../problems/problem-code';

/** A companion that needs two zones does not take the single subnet of an existing VPC. */
export function subnetsOfTwoZones(
  code: ProblemCode,
  type: TypedSchema,
  texts: Pick<Finding, 'accepted' | 'fix'>,
): Rule {
  return rule(code, companionsOf(type), function* (companions, index) {
    const { subnetIds } = index.section('vpc');
    if (!Array.isArray(subnetIds) || subnetIds.length !== 1) return;
    for (const { properties, existing, path } of companions.values()) {
      if (existing !== undefined || properties.subnetIds !== undefined) continue;
      yield { path: [...path, 'subnetIds'], finding: { found: 'one subnet in vpc.subnetIds', ...texts } };
    }
  });
}
