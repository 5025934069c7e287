import { App, TerraformStack, Token } from 'cdktf';
import { arnField, readField } from '../../modules/terraform/arn-field';
import { resolved } from '../../modules/terraform/resolved';
import { templateParts } from '../../modules/terraform/template';

const stack = new TerraformStack(new App(), 'stack');

/** The expressions of a string as they are synthesized. */
function expressions(text: string): string[] {
  return templateParts(resolved(stack, text)).flatMap((part) => ('expression' in part ? [part.expression] : []));
}

test.each(['partition', 'region', 'account'] as const)('the expression that reads the %s is recognized', (field) => {
  const read = arnField(Token.asString('${aws_lambda_function.report.arn}'), field);
  expect(expressions(`a:${read}`).map(readField)).toEqual([field]);
});

test.each([
  'aws_lambda_function.report.arn',
  'element(split(":", aws_lambda_function.report.arn), 6)',
  'element(split("/", aws_lambda_function.report.arn), 1)',
])('%s reads none of them', (expression) => {
  expect(readField(expression)).toBeUndefined();
});
