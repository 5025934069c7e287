import { distance } from 'fastest-levenshtein';
import { partitionOf } from './partitions';

/**
 * Regions and their approximate location, in degrees north and east. Only for suggestions: a region that is missing here is still
 * accepted. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const PLACES: { readonly [region: string]: readonly [north: number, east: number] } = {
  'af-south-1': [-34, 18],
  'ap-east-1': [22, 114],
  'ap-east-2': [25, 121],
  'ap-northeast-1': [36, 140],
  'ap-northeast-2': [37, 127],
  'ap-northeast-3': [35, 135],
  'ap-south-1': [19, 73],
  'ap-south-2': [17, 78],
  'ap-southeast-1': [1, 104],
  'ap-southeast-2': [-34, 151],
  'ap-southeast-3': [-6, 107],
  'ap-southeast-4': [-38, 145],
  'ap-southeast-5': [3, 102],
  'ap-southeast-6': [-37, 175],
  'ap-southeast-7': [14, 101],
  'ca-central-1': [46, -74],
  'ca-west-1': [51, -114],
  'cn-north-1': [40, 116],
  'cn-northwest-1': [38, 106],
  'eu-central-1': [50, 9],
  'eu-central-2': [47, 9],
  'eu-north-1': [59, 18],
  'eu-south-1': [45, 9],
  'eu-south-2': [42, -1],
  'eu-west-1': [53, -6],
  'eu-west-2': [52, 0],
  'eu-west-3': [49, 2],
  'eusc-de-east-1': [52, 14],
  'il-central-1': [32, 35],
  'me-central-1': [25, 55],
  'me-south-1': [26, 51],
  'mx-central-1': [21, -100],
  'sa-east-1': [-24, -47],
  'us-east-1': [39, -77],
  'us-east-2': [40, -83],
  'us-gov-east-1': [40, -83],
  'us-gov-west-1': [46, -120],
  'us-west-1': [37, -122],
  'us-west-2': [46, -120],
};

/** Every known region. */
export const REGIONS: readonly string[] = Object.keys(PLACES);

/** Up to three known regions of the same partition with the most similar names to an unknown one: `eu-west-1` for `eu-west-9`. */
export function regionsNamedLike(name: string): readonly string[] {
  const candidates = REGIONS.filter((region) => partitionOf(region) === partitionOf(name));
  const distances = candidates.map((region) => distance(name, region));
  const least = Math.min(...distances);
  return candidates.filter((_, index) => distances[index] === least).slice(0, 3);
}

/** The given regions in the partition of a known region, nearest first. */
export function nearestRegions(region: string, among: readonly string[]): readonly string[] {
  const from = PLACES[region];
  if (from === undefined) return [];
  return among
    .filter((other) => other !== region && partitionOf(other) === partitionOf(region) && PLACES[other] !== undefined)
    .sort((a, b) => degreesBetween(from, PLACES[a] ?? from) - degreesBetween(from, PLACES[b] ?? from));
}

type Point = readonly [north: number, east: number];

/** Angle between two points on a sphere. */
function degreesBetween([northA, eastA]: Point, [northB, eastB]: Point): number {
  const [a, b, across] = [northA, northB, eastA - eastB].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(across);
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}
