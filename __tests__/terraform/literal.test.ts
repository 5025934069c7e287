// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Fn, Lazy, TerraformOutput, type TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import fc from 'fast-check';
import { jsonLiteral, literal, literals } from '../../modules/terraform/literal';
import { foreignStack } from '../synthesis';

// Tests with Terraform check how it reads these strings. These tests check what is written for it.

let stack: TerraformStack;
let token: string;

beforeEach(() => {
  stack = foreignStack();
  token = new TerraformVariable(stack, 'x', { type: 'string' }).stringValue;
});

const resolved = (text: string): unknown => JSON.parse(Testing.synth(outputOf(text))).output.text.value;

/** The stack with the text where Terraform reads it. */
function outputOf(text: string): TerraformStack {
  stack.node.tryRemoveChild('text');
  new TerraformOutput(stack, 'text', { value: text, staticId: true });
  return stack;
}

/** Undoes the doubling. */
const single = (text: string) => text.replace(/([$%])\1\{/g, '$1{');

/** Texts in which the signs that matter are frequent. */
const tricky = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', 'a', ' ', '\n', 'é') });

describe('literal', () => {
  it.each([
    ['${a}', '$${a}'],
    ['%{if}', '%%{if}'],
    ['a ${b} %{c} ${d}', 'a $${b} %%{c} $${d}'],
    ['$${a}', '$$${a}'],
    ['%%{a}', '%%%{a}'],
    ['$%{a}', '$%%{a}'],
    ['${${a}}}', '$${$${a}}}'],
  ])('doubles the sign before each brace: %s', (text, expected) => {
    expect(literal(text)).toBe(expected);
  });

  it.each(['', '$', '%', '$a', '100 %', '{}', '$ {', 'a $(b) c', '#{x}'])('leaves %j as it is', (text) => {
    expect(literal(text)).toBe(text);
  });

  it('leaves each string without `${` and `%{` as it is', () => {
    const plain = fc.string().filter((text) => !/[$%]\{/.test(text));
    fc.assert(fc.property(plain, (text) => literal(text) === text));
  });

  it('takes a `${` that stays open apart, since CDKTF would take all that follows for an expression', () => {
    expect(literal('a ${b')).toBe('a $%{if true}%{endif}{b');
    expect(literal('${a} ${b ${c}')).toBe('$%{if true}%{endif}{a} $%{if true}%{endif}{b $%{if true}%{endif}{c}');
  });

  it('leaves no template of the text, and without what was added is what it was', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const written = literal(text).replaceAll('%{if true}%{endif}', '');
        const doubled = written === literal(text);
        if (doubled) expect(written.replace(/[$%]{2}\{/g, ' ')).not.toMatch(/[$%]\{/);
        expect(doubled ? single(written) : written.replace(/%%\{/g, '%{')).toBe(text);
      }),
    );
  });

  it('reaches Terraform as it is written', () => {
    fc.assert(fc.property(tricky, (text) => resolved(literal(text)) === literal(text)));
  });

  it('keeps a token', () => {
    expect(resolved(literal(token))).toBe('${var.x}');
    expect(resolved(literal(`a-${token}-b`))).toBe('a-${var.x}-b');
  });

  it('keeps several tokens, one of them twice, and escapes between them', () => {
    const other = Token.asString(Fn.upper(token));
    expect(resolved(literal(`\${a}${token}%{b}${other}\${c}${token}`))).toBe(
      '$${a}${var.x}%%{b}${upper(var.x)}$${c}${var.x}',
    );
  });

  it('keeps a token that is resolved late', () => {
    expect(resolved(literal(`\${a} ${Lazy.stringValue({ produce: () => token })}`))).toBe('$${a} ${var.x}');
  });

  it('holds a `$` and a token behind it apart, which together would read as an escape', () => {
    expect(resolved(literal(`$${token}`))).toBe('$%{if true}%{endif}${var.x}');
    expect(resolved(literal(`$$${token}$`))).toBe('$$%{if true}%{endif}${var.x}$');
    expect(resolved(literal(`%${token}`))).toBe('%${var.x}');
  });

  it.each([
    ['a shell default', '${BUCKET:-', '}'],
    ['a brace that is never closed', 'echo "${', '"'],
    ['a brace closed before', '${A} ', ''],
    ['an opened directive', '%{if ', '}'],
  ])('keeps a token inside %s', (_, before, after) => {
    const written = resolved(literal(`${before}${token}${after}`));
    expect(written).toBe(`${literal(before)}\${var.x}${after}`);
  });

  it('keeps tokens within any string', () => {
    fc.assert(
      fc.property(tricky, tricky, (before, after) => {
        const apart = before.endsWith('$') ? '%{if true}%{endif}' : '';
        const expected = `${literal(before)}${apart}\${var.x}${literal(after)}`;
        expect(resolved(literal(`${before}${token}${after}`))).toBe(expected);
      }),
    );
  });
});

describe('literals', () => {
  it('goes through lists and objects, keys included, and leaves the rest', () => {
    expect(literals({ '${k}': ['${v}', 1, true, null, { deep: '%{x}' }], none: undefined })).toEqual({
      '$${k}': ['$${v}', 1, true, null, { deep: '%%{x}' }],
      none: undefined,
    });
  });

  it('leaves objects of a class alone: CDKTF resolves them', () => {
    const lazy = Lazy.anyValue({ produce: () => '${a}' });
    expect(literals({ lazy }).lazy).toBe(lazy);
  });

  it('keeps the given value as it was', () => {
    const given = { a: ['${b}'] };
    literals(given);
    expect(given).toEqual({ a: ['${b}'] });
  });
});

describe('jsonLiteral', () => {
  it('is the JSON of the value, for every JSON value without `${` and `%{`', () => {
    const plain = fc.jsonValue().filter((value) => !/[$%]\{/.test(JSON.stringify(value)));
    fc.assert(fc.property(plain, (value) => jsonLiteral(value) === JSON.stringify(value)));
  });

  it('is the JSON of the value once the doubled signs are single again', () => {
    fc.assert(
      fc.property(fc.dictionary(tricky, fc.array(tricky)), (value) => {
        const written = jsonLiteral(value);
        fc.pre(!written.includes('%{if true}%{endif}'));
        expect(JSON.parse(single(written))).toEqual(value);
      }),
    );
  });

  it('leaves properties out that are undefined', () => {
    expect(jsonLiteral({ a: 1, b: undefined })).toBe('{"a":1}');
  });

  it('keeps string and number tokens', () => {
    const number = new TerraformVariable(stack, 'n', { type: 'number' }).numberValue;
    expect(resolved(jsonLiteral({ text: `${token} \${a}`, number }))).toBe(
      '{"text":"${var.x} $${a}","number":${var.n}}',
    );
  });

  it('keeps tokens in one document with any string', () => {
    fc.assert(
      fc.property(tricky, tricky, (before, after) => {
        const expected = `["${'$'}{var.x}",${JSON.stringify(literal(before))},"\${var.x}",${JSON.stringify(literal(after))}]`;
        expect(resolved(jsonLiteral([token, before, token, after]))).toBe(expected);
      }),
    );
  });
});
