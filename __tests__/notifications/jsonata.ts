import jsonata from 'jsonata';

/**
 * Evaluates an expression as Step Functions does: over `$states`, with `$parse` as a further function, without `$eval`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export async function evaluated<Value>(text: string, states: object): Promise<Value> {
  const expression = jsonata(text);
  expression.registerFunction('parse', (json: string) => JSON.parse(json), '<s:x>');
  expression.registerFunction('eval', () => {
    throw new Error('Step Functions has no $eval');
  });
  const value = await expression.evaluate({}, { states });
  if (value === undefined) throw new Error('States.QueryEvaluationError: the expression returned nothing');
  // Sequences have properties that JSON does not show.
  return JSON.parse(JSON.stringify(value));
}
