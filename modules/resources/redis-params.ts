import type { Companion } from './companion';
import { portText } from './port-text';

/** What others can ask of a Redis cluster. The password stands in none of it: it comes as a secret of its own. */
export function redisParams(host: string, port: number, tls: boolean): Companion<'redis-cluster'>['params'] {
  return {
    host,
    port: portText(port),
    connectionString: `${tls ? 'rediss' : 'redis'}://${host}:${portText(port)}`,
  };
}
