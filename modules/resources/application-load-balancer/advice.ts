import type { z } from 'zod';
import type { Advice } from '../descriptor';
import type { loadBalancerProperties } from './schema';

/** Clients of HTTPS find nothing on its port, and what those of HTTP send can be read on the way. */
export function plainHttpAdvice({
  certificateArn,
  listeners,
}: Partial<z.output<typeof loadBalancerProperties>>): Advice | undefined {
  if (certificateArn !== undefined || listeners !== undefined) return undefined;
  const message =
    'without a certificate, it listens for HTTP on port 80, not encrypted. In Stacktape, it has a certificate and listens for HTTPS on ' +
    'port 443. Add certificateArn, or listeners to keep HTTP';
  return { property: 'certificateArn', message };
}
