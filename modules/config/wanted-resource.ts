import { either } from '../problems/phrases';
import type { ArnParams } from './arn-rule';
import { withArticle } from './type-name';

/** What a report says that a property accepts: the parameters of resources of the config. */
export function wantedParams(params: ArnParams): string {
  const all = Object.entries(params).map(([type, param]) => `the ${param} of ${withArticle(type)}`);
  return all.length === 0 ? 'an ARN that no resource of this config has' : either(all);
}
