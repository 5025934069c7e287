import { BLOCKED } from './blocked';
import type { Case } from './case';
import { CONTAINER } from './container';
import { ENDED } from './ended';
import { ENVIRONMENT } from './environment';
import { LAUNCH } from './launch';
import { START } from './start';
import { WAITING } from './waiting';

/** At least one case for each reason. */
export const CASES: readonly Case[] = [
  ...ENDED,
  ...BLOCKED,
  ...ENVIRONMENT,
  ...LAUNCH,
  ...WAITING,
  ...START,
  ...CONTAINER,
];
