import type { Route } from '../route';
import { awsRoutes } from './aws';
import { eventRoutes } from './events';
import { logRoutes } from './log';
import { runRoutes } from './runs';
import { sendRoutes } from './send';
import { stackRoutes } from './stack';

/** All routes. */
export const ROUTES: readonly Route[] = [
  ...stackRoutes,
  ...eventRoutes,
  ...logRoutes,
  ...sendRoutes,
  ...awsRoutes,
  ...runRoutes,
];
