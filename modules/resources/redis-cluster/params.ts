import type { Companion } from '../companion';
import { portText } from '../port-text';
import type { REDIS_PARAMS } from './schema';

/** The parameters of a Redis cluster. None contains the password, which is a separate secret. */
export function redisParams(
  host: string,
  port: number,
  tls: boolean,
): Companion<'redis-cluster', typeof REDIS_PARAMS>['params'] {
  return {
    host,
    port: portText(port),
    connectionString: `${tls ? 'rediss' : 'redis'}://${host}:${portText(port)}`,
  };
}

/** The parameters that contain the password, with `$(password)` in its place. Not every client signs in as the default user without its name. */
export function withPassword({ connectionString = '' }: Companion<'redis-cluster', typeof REDIS_PARAMS>['params']) {
  return { connectionString: connectionString.replace('://', '://default:$(password)@') };
}
