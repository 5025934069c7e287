/** Runs when the config is read: `$MyCustomDirective('a b')` becomes `A_B`. */
export function MyCustomDirective(input: string): string {
  return input.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}
