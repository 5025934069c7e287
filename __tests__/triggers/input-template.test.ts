import { parsedTemplate, templateProblem } from '../../triggers/input-template';

const fixOf = (template: unknown, names: readonly string[] = ['time']) => templateProblem(template, names)?.fix;

it.each([
  ['""'],
  ['"until <time>"'],
  ['{"until": <time>}'],
  ['[<time>, 1]'],
  ['{"event": <aws.events.event>}'],
  [{ until: '<time>', rule: '<aws.events.rule-name>' }],
  [''],
  [undefined],
])('%j is a template', (template) => {
  expect(fixOf(template)).toBeUndefined();
});

it.each<[unknown, string]>([
  ['{"until": <tiem>}', 'did you mean "<time>"?'],
  ['{"from": <id>}', 'add id: $.id to inputPathsMap'],
  ['{"from": <orderNumber>}', 'add orderNumber: $.detail.orderNumber, or where it is, to inputPathsMap'],
  ['{"a": "<b> c </b>"}', 'add b: $.detail.b, or where it is, to inputPathsMap'],
  ['{"a": "1 < 2 > 1"}', 'write the string without < and >: in EventBridge, they mark a placeholder'],
  ['until <time>', 'put double quotes around it: \'"until <time>"\''],
  ['"one"\n"two"', 'write one value, such as a list: \'["one", "two"]\''],
  ['"one"\n{"two"', 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON'],
  ['{"until": <time>', 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON'],
  ['{<time>: 1}', 'write the key itself, and the placeholder as its value'],
  ['{"<time>": 1}', 'write the key itself, and the placeholder as its value'],
  [{ deep: [{ '<time>': 1 }] }, 'write the key itself, and the placeholder as its value'],
  ['{"event": "<aws.events.event>"}', 'write <aws.events.event> without quotes'],
  ['{"event": "<aws.events.event.json>"}', 'write <aws.events.event.json> without quotes'],
  [{ event: '<aws.events.event>' }, 'write the template as a string: \'{"event": <aws.events.event>}\''],
])('%j: %s', (template, fix) => {
  expect(fixOf(template)).toBe(fix);
});

it('a key in a string is no key of the template', () => {
  expect(fixOf('{"text": "<time>: now"}')).toBeUndefined();
});

it('placeholders outside of strings are read as strings', () => {
  expect(parsedTemplate('{"a": <time>, "b": "<time> \\" x"}')).toEqual({ a: '<time>', b: '<time> " x' });
  expect(parsedTemplate('{"a": }')).toBeUndefined();
});
