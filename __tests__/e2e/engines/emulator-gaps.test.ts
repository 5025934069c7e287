import { type EmulatorGap, unexplainedChanges } from './emulator-gaps';
import type { PlanJson } from './terraform';

const GAP: EmulatorGap = { resourceType: 'aws_thing', attribute: 'retry.*.attempts', reason: 'not stored' };

function update(before: unknown, after: unknown, unknown: unknown = {}, actions = ['update']): PlanJson {
  const change = { actions, before, after, after_unknown: unknown };
  return { resource_changes: [{ address: 'aws_thing.a', type: 'aws_thing', change }] };
}

describe('unexplainedChanges', () => {
  it('finds nothing in a plan that does nothing', () => {
    expect(unexplainedChanges({})).toEqual([]);
    expect(unexplainedChanges(update({ a: 1 }, { a: 1 }, {}, ['no-op']))).toEqual([]);
    expect(
      unexplainedChanges({
        output_changes: { x: update(1, 1, false, ['no-op']).resource_changes?.[0]?.change as never },
      }),
    ).toEqual([]);
  });

  it('names each attribute that differs, nested ones and unknown ones too', () => {
    const plan = update({ a: 1, list: [{ b: 1, c: 2 }] }, { a: 1, list: [{ b: 2, c: 2 }, { b: 3 }] }, { arn: true });
    expect(unexplainedChanges(plan, [])).toEqual([
      { address: 'aws_thing.a', actions: 'update', attribute: 'list.0.b', before: 1, after: 2 },
      { address: 'aws_thing.a', actions: 'update', attribute: 'list.1', before: undefined, after: { b: 3 } },
      { address: 'aws_thing.a', actions: 'update', attribute: 'arn', before: undefined, after: '(known after apply)' },
    ]);
  });

  it('passes over a gap, and over the values that become unknown with it', () => {
    const plan = update({ retry: [{ attempts: 0 }] }, { retry: [{ attempts: 4 }] }, { arn: true });
    expect(unexplainedChanges(plan, [GAP])).toEqual([]);
  });

  it('passes over no other attribute, and over no other type', () => {
    const plan = update({ retry: [{ attempts: 0, wait: 1 }] }, { retry: [{ attempts: 4, wait: 2 }] });
    expect(unexplainedChanges(plan, [GAP])).toMatchObject([{ attribute: 'retry.0.wait' }]);
    expect(unexplainedChanges(plan, [{ ...GAP, resourceType: 'aws_other' }])).toHaveLength(2);
  });

  it('does not count a replacement or a deletion as a gap', () => {
    const replaced = update({ retry: [{ attempts: 0 }] }, { retry: [{ attempts: 4 }] }, {}, ['delete', 'create']);
    expect(unexplainedChanges(replaced, [GAP])).toMatchObject([{ actions: 'delete+create', attribute: '' }]);
  });

  it('reports an output that changes', () => {
    const change = { actions: ['update'], before: 'a', after: 'b', after_unknown: false };
    expect(unexplainedChanges({ output_changes: { url: change } })).toMatchObject([
      { address: 'output.url', after: 'b' },
    ]);
  });
});
