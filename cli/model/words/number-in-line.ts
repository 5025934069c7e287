/** Where a waiting run is in line: `number 5 in line`. */
export function numberInLine(ahead: number): string {
  return `number ${(ahead + 1).toLocaleString('en-US')} in line`;
}
