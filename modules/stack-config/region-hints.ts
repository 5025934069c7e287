import { isToken } from '../config/checked';
import { REGIONS, regionsNamedLike } from '../rules/regions';
import type { BatchJobsConfig } from './config';

/** A hint about a property that might be a mistake. */
export interface RegionHint {
  readonly property: string;
  readonly message: string;
}

/** Regions of a config that are unknown here. They are no error, since AWS opens new regions. */
export function regionHints({ region, backend }: Pick<BatchJobsConfig, 'region' | 'backend'>): RegionHint[] {
  const { region: state, stsRegion } = backend?.type === 's3' ? backend : {};
  return Object.entries({ region, 'backend.region': state, 'backend.stsRegion': stsRegion }).flatMap(
    ([property, given]) => {
      if (typeof given !== 'string' || isToken(given) || REGIONS.includes(given)) return [];
      const similar = regionsNamedLike(given);
      const known = similar.length === 0 ? '' : `; known ones with a similar name: ${similar.join(', ')}`;
      return [{ property, message: `"${given}" is not a region that is known here${known}` }];
    },
  );
}
