import { Fn, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { jsonLiteral, literal } from '../../modules/terraform/literal';
import { resolved } from '../../modules/terraform/resolved';
import { attributeReference, filledTemplate, templateDocument, templateParts } from '../../modules/terraform/template';

const stack = new TerraformStack(Testing.app(), 'template');
const joined = Fn.trimprefix(new TerraformVariable(stack, 'endpoint', {}).stringValue, 'https://');
const JOINED = 'trimprefix(var.endpoint, "https://")';

describe('what literal writes is read as it was', () => {
  it.each(['', 'plain', '${a}', '%{if x}', 'an open ${', '$${a}', '100 %', '$', `{"a":"\${b}"}`])('%j', (text) => {
    expect(filledTemplate(literal(text), (expression) => `<${expression}>`)).toBe(text);
  });

  it('next to an expression', () => {
    const written = resolved(stack, literal(`$${joined}\${no}`));
    expect(filledTemplate(written, (expression) => `<${expression}>`)).toBe(`$<${JOINED}>\${no}`);
  });
});

it.each([
  ['a${ b.c.d }e${f}', [{ text: 'a' }, { expression: 'b.c.d' }, { text: 'e' }, { expression: 'f' }]],
  ['${replace(a, "}", "\\"{")}', [{ expression: 'replace(a, "}", "\\"{")' }]],
  ['${merge({a = 1}, b)}', [{ expression: 'merge({a = 1}, b)' }]],
  ['$${a}%%{b}', [{ text: '${a}%{b}' }]],
])('parts of %s', (template, parts) => {
  expect(templateParts(template)).toEqual(parts);
});

it.each([
  ['aws_sqs_queue.in-box.arn', { isData: false, address: 'aws_sqs_queue.in-box', path: ['arn'] }],
  ['data.aws_region.here.id', { isData: true, type: 'aws_region', id: 'here', address: 'data.aws_region.here' }],
  ['aws_db.a.endpoint[0].address', { path: ['endpoint', '0', 'address'] }],
  ['aws_db.a.endpoint.0.address', { path: ['endpoint', '0', 'address'] }],
])('the attribute in %s', (expression, reference) => {
  expect(attributeReference(expression)).toMatchObject(reference);
});

it.each(['', 'aws_sqs_queue.inbox', 'join(a.b.c, "")', 'var.a'])('no attribute in %j', (expression) => {
  expect(attributeReference(expression)).toBeUndefined();
});

describe('a document', () => {
  it('has expressions as strings, with quotes in them too', () => {
    const text = resolved(stack, jsonLiteral({ a: [joined], b: 'say "${x}"', c: 1 }));
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(templateDocument(text)).toEqual({ a: [`\${${JOINED}}`], b: 'say "$${x}"', c: 1 });
  });

  it.each([undefined, 1, '', '${a.b.c}', '{'])('is not in %j', (text) => {
    expect(templateDocument(text)).toBeUndefined();
  });
});
