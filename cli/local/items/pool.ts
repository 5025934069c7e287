/**
 * Calls a function for each number below a count, for so many of them at the same time.
 *
 * @throws the first error, after which no further call begins
 */
export async function inPool(count: number, atOnce: number, call: (number: number) => Promise<void>): Promise<void> {
  let [next, isBroken] = [0, false];
  const work = async () => {
    while (next < count && !isBroken) {
      try {
        await call(next++);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, work));
}
