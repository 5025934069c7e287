import type { Route } from '../route';
import { eventRoutes } from './events';
import { logRoutes } from './log';
import { runRoutes } from './runs';
import { stackRoutes } from './stack';

/** The routes that a page asks first. They load neither CDKTF nor AWS's clients, so that the console starts at once. */
export const FIRST_ROUTES: readonly Route[] = [...stackRoutes, ...eventRoutes, ...logRoutes, ...runRoutes];

/** All others. Loaded at the first request to one of them. */
export function laterRoutes(): readonly Route[] {
  const { awsRoutes } = require('./aws') as typeof import('./aws');
  const { sendRoutes } = require('./send') as typeof import('./send');
  return [...awsRoutes, ...sendRoutes];
}
