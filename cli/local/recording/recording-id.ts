import { randomBytes } from 'node:crypto';

/** A name for a recording's folder that sorts by time and that no other process chooses: `20261126-143906123-4f2a9c`. Times are UTC. */
export function recordingId(at: number, random = randomBytes(3)): string {
  const [date = '', time = ''] = new Date(at)
    .toISOString()
    .replace(/[-:.Z]/g, '')
    .split('T');
  return `${date}-${time}-${random.toString('hex')}`;
}
