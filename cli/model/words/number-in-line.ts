import { formatCount } from '../../../modules/problems/phrases';

/** Where a waiting run is in line: `number 5 in line`. */
export function numberInLine(ahead: number): string {
  return `number ${formatCount(ahead + 1)} in line`;
}
