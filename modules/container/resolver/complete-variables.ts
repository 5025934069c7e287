type Variables = NodeJS.ProcessEnv;

/** What stands for a secret: the name of its variable. */
export const SECRET = /\$\((STP_[A-Z0-9_]+)\)/g;

/** Puts secrets into the variables that STP_COMPLETED names, as a URL needs them. */
export function completeVariables(env: Variables): void {
  for (const name of (env.STP_COMPLETED ?? '').split(' ')) {
    const value = env[name];
    if (value === undefined) continue;
    env[name] = value.replace(SECRET, (whole, variable: string) => {
      const secret = env[variable];
      return secret === undefined ? whole : encoded(secret);
    });
  }
}

/** Encodes also the characters that a URL may have elsewhere than in a password. */
function encoded(secret: string): string {
  return encodeURIComponent(secret).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
