import { errorMessage } from '../../modules/problems/error-message';

it.each<[string, unknown, string]>([
  ['an error', new TypeError('gone'), 'gone'],
  ['a string', 'gone', 'gone'],
  ['null', null, 'null'],
  ['nothing', undefined, 'undefined'],
  ['a symbol', Symbol('why'), 'Symbol(why)'],
  ['an object with a message', { message: 'gone', code: 1 }, 'gone'],
  ['an object whose message is none', { message: 7 }, '{"message":7}'],
  ['an object without a message', { code: 'E1' }, '{"code":"E1"}'],
  ['an object that is no JSON', { toJSON: () => undefined, toString: () => 'itself' }, 'itself'],
  ['an error whose message is none', Object.assign(new Error(), { message: { a: 1 } }), '[object Object]'],
  [
    'an object that refuses',
    {
      get message() {
        throw new Error('no');
      },
    },
    'something that cannot be shown',
  ],
])('the message of %s', (_, thrown, text) => {
  expect(errorMessage(thrown)).toBe(text);
});
