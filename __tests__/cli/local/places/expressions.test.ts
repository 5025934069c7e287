import { type Item, meets, update } from '../../../../cli/local/places/expressions';

const ITEM: Item = {
  name: { S: 'b' },
  count: { N: '9' },
  runs: { M: { one: { S: '2026' }, two: { S: '2027' } } },
};
const GIVEN = {
  names: { '#runs': 'runs', '#one': 'one' },
  values: { ':b': { S: 'b' }, ':c': { S: 'c' }, ':nine': { N: '9' }, ':ten': { N: '10' }, ':two': { N: '2' } },
};

describe('a condition', () => {
  it.each<[string, boolean]>([
    ['attribute_exists(name)', true],
    ['attribute_exists(other)', false],
    ['attribute_not_exists(name)', false],
    ['attribute_not_exists(#runs.three)', true],
    ['attribute_exists(#runs.#one)', true],
    ['name = :b', true],
    ['name = :c', false],
    ['name < :c', true],
    ['name < :b', false],
    ['name <= :b', true],
    // Numbers, not texts: '10' comes before '9'.
    ['count < :ten', true],
    ['count < :nine', false],
    ['count <= :nine', true],
    ['size(#runs) = :two', true],
    ['size(#runs) < :two', false],
    ['size(other) < :two', false],
    ['other = :b', false],
    ['name = :unknown', false],
    ['name = :b AND count = :ten', false],
    ['name = :b AND count = :nine', true],
    ['name = :c OR count = :nine', true],
    ['name = :c OR count = :ten', false],
    ['name = :c AND count = :nine OR name = :b', true],
  ])('%s: %s', (condition, expected) => {
    expect(meets(condition, ITEM, GIVEN)).toBe(expected);
  });

  it('that the table does not know is an error', () => {
    expect(() => meets('name > :b', ITEM, GIVEN)).toThrow('This table does not know the condition name > :b.');
  });
});

describe('an update', () => {
  const updated = (expression: string, item: Item = structuredClone(ITEM)) => {
    update(expression, item, GIVEN);
    return item;
  };

  it('sets values, in maps too', () => {
    const item = updated('SET name = :c, #runs.#one = :b');
    expect(item.name).toEqual({ S: 'c' });
    expect(item.runs).toEqual({ M: { one: { S: 'b' }, two: { S: '2027' } } });
  });

  it('adds and subtracts', () => {
    expect(updated('SET count = count + :two').count).toEqual({ N: '11' });
    expect(updated('SET count = count - :two').count).toEqual({ N: '7' });
  });

  it('takes a default only for what is not there', () => {
    expect(updated('SET count = if_not_exists(count, :two) + :two').count).toEqual({ N: '11' });
    expect(updated('SET other = if_not_exists(other, :two) + :two').other).toEqual({ N: '4' });
  });

  it('computes each value from the item as it was', () => {
    const item = updated('SET count = :two, other = count');
    expect([item.count, item.other]).toEqual([{ N: '2' }, { N: '9' }]);
  });

  it('removes, alone or after it set', () => {
    expect(updated('REMOVE #runs.two, name')).toEqual({ count: { N: '9' }, runs: { M: { one: { S: '2026' } } } });
    const item = updated('SET count = :ten REMOVE name');
    expect([item.count, 'name' in item]).toEqual([{ N: '10' }, false]);
  });

  it.each([
    ['SET name = other', 'other has no value.'],
    ['SET name = if_not_exists(other, :unknown)', ':unknown has no value.'],
    ['SET name = :unknown', ':unknown has no value.'],
    ['ADD count :two', 'This table does not know the update ADD count :two.'],
  ])('%s is an error', (expression, message) => {
    expect(() => updated(expression)).toThrow(message);
  });

  it('changes nothing if one of its values is unknown', () => {
    const item = structuredClone(ITEM);
    expect(() => updated('SET count = :two, name = other', item)).toThrow();
    expect(item).toEqual(ITEM);
  });
});
