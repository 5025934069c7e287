/** A time in milliseconds as seconds, to a tenth. */
export function secondsOf(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
