/** `$Env('NAME', 'default')`: an environment variable of the machine that reads the config. */
export function Env(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise;
  if (value === undefined) throw new Error(`the variable ${name} is not set`);
  return value;
}
