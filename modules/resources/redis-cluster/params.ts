import type { Companion } from '../companion';
import { portText } from '../port-text';
import type { REDIS_PARAMS } from './schema';

type Params = Companion<'redis-cluster', typeof REDIS_PARAMS>['params'];

/** The address of a Redis cluster, without its password. */
interface Address {
  readonly host: string;
  /** Name of what answers reads. @default unknown */
  readonly readerHost?: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The parameters of a Redis cluster. None contains the password, which is a separate secret. */
export function redisParams({ host, readerHost, port: given, tls }: Address): Params {
  const port = portText(given);
  const url = (name: string) => `${tls ? 'rediss' : 'redis'}://${name}:${port}`;
  const hasReader = readerHost !== undefined;
  return {
    ...{ host, port, connectionString: url(host) },
    ...{ readerHost, readerPort: hasReader ? port : undefined },
    readerConnectionString: hasReader ? url(readerHost) : undefined,
  };
}

/** The parameters that contain the password, with `$(password)` in its place. Not every client signs in as the default user without its name. */
export function withPassword({ connectionString = '', readerConnectionString }: Params) {
  const complete = (text: string) => text.replace('://', '://default:$(password)@');
  return {
    connectionString: complete(connectionString),
    ...(readerConnectionString !== undefined && { readerConnectionString: complete(readerConnectionString) }),
  };
}
