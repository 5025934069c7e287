/** The sum of some amounts, or undefined if one of them is unknown: what is unknown is not 0. */
export function knownSum(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.reduce<number | undefined>(
    (sum, amount) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    0,
  );
}
