/** `$Env('NAME', 'otherwise')`: a variable of the environment that the config is read in. */
export function Env(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise;
  if (value === undefined) throw new Error(`the variable ${name} is not set`);
  return value;
}
