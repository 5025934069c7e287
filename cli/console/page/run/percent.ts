/** A part from 0 to 1 in the form of a style. */
export function percent(part: number): string {
  return `${Math.round(part * 1e5) / 1e3}%`;
}
