/** What a config can ask about its deployment: the variable that says it, and an example of its value. */
export const DEPLOYMENT_VARIABLES = {
  stage: { variable: 'STAGE', example: 'production' },
  projectName: { variable: 'PROJECT_NAME', example: 'reports' },
  region: { variable: 'AWS_REGION', example: 'eu-west-1' },
} as const;

/** How a problem with a value goes on whose variable is not set, and its fix. */
export function unsetVariable(name: keyof typeof DEPLOYMENT_VARIABLES) {
  const { variable, example } = DEPLOYMENT_VARIABLES[name];
  return {
    what: `and the variable ${variable} is not set`,
    fix: `set the variable ${variable}, such as ${variable}=${example}`,
  };
}
