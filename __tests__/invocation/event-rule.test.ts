// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import fc from 'fast-check';
import { reshapedInput } from '../../modules/invocation/event-rule';

describe('reshapedInput', () => {
  it('is empty if the event goes through as it is', () => {
    expect(reshapedInput({})).toEqual({});
  });

  it.each([null, false, 0, '', 'text', [], { full: true }])('sends the fixed input %j as JSON', (input) => {
    expect(reshapedInput({ input })).toEqual({ input: JSON.stringify(input) });
  });

  it('sends any JSON value as it is, once the signs that Terraform would read are single again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        const { input: written = '' } = reshapedInput({ input });
        fc.pre(!written.includes('%{if true}'));
        expect(JSON.parse(written.replace(/([$%])\1\{/g, '$1{'))).toEqual(JSON.parse(JSON.stringify(input)));
      }),
    );
  });

  it('sends a part of the event', () => {
    expect(reshapedInput({ inputPath: '$.detail' })).toEqual({ inputPath: '$.detail' });
  });

  it('builds an input from a string, in which names can be without quotes', () => {
    const inputTransformer = { inputPathsMap: { id: '$.detail.id' }, inputTemplate: '{"id": <id>, "by": "${x}"}' };
    expect(reshapedInput({ inputTransformer })).toEqual({
      inputTransformer: { inputPaths: { id: '$.detail.id' }, inputTemplate: '{"id": <id>, "by": "$${x}"}' },
    });
  });

  it('builds an input from a value', () => {
    expect(reshapedInput({ inputTransformer: { inputTemplate: { id: '<id>', n: [1] } } })).toEqual({
      inputTransformer: { inputTemplate: '{"id":"<id>","n":[1]}' },
    });
  });
});
