import fc from 'fast-check';
import { httpPathProblem, pathShape, pathVariables, routeKey } from '../../../triggers/http-api-gateway/http-path';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,8}$/);
const literalSegment = fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/);

/** Paths that API Gateway takes, built from their parts. */
const validPath = fc
  .tuple(
    fc.array(fc.oneof(literalSegment, fc.constant('{}')), { minLength: 1, maxLength: 5 }),
    fc.uniqueArray(name, { minLength: 6, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([segments, names, greedy]) => {
    const named = segments.map((segment, index) => (segment === '{}' ? `{${names[index]}}` : segment));
    return `/${[...named, ...(greedy ? [`{${names[5]}+}`] : [])].join('/')}`;
  });

describe('a path that API Gateway takes', () => {
  it.each([
    '/',
    '/users',
    '/users/{id}',
    '/users/{id}/posts/{postId}',
    '/files/{proxy+}',
    '/{proxy+}',
    '/a.b-c_d~e',
    '/v1:run',
    '/a%20b',
    '*',
    '$default',
  ])('%s', (path) => {
    expect(httpPathProblem(path)).toBeUndefined();
  });

  it('is any that is built of segments and variables of different names, a greedy one last', () => {
    fc.assert(fc.property(validPath, (path) => expect(httpPathProblem(path)).toBeUndefined()));
  });
});

describe('a path that API Gateway refuses or never matches', () => {
  it.each([
    ['users', 'write /users'],
    ['./users', 'write /users'],
    ['', 'write /'],
    ['/users/', 'write /users: API Gateway takes no slash at the end, and matches requests with one too'],
    ['//', 'write /: API Gateway takes no slash at the end, and matches requests with one too'],
    ['/a//b', 'write /a/b'],
    ['/files/*', 'write /files/{proxy+}'],
    ['/users/:id', 'write {id} for a variable'],
    ['/users/{id', 'make a variable the whole of its segment, such as {id}, and not {id'],
    ['/users/x{id}', 'make a variable the whole of its segment, such as {id}, and not x{id}'],
    ['/users/{}', 'make a variable the whole of its segment, such as {id}, and not {}'],
    ['/users/${id}', 'make a variable the whole of its segment, such as {id}, and not ${id}'],
    ['/{proxy+}/end', 'put the greedy variable at the end: it matches the rest of the path'],
    ['/{id}/{id}', 'give each variable a name that is not in use: "id" stands there twice'],
    ['/a?b=c', 'remove the part after the path: a route matches only the method and the path'],
  ])('%s: %s', (path, fix) => {
    expect(httpPathProblem(path)).toEqual({
      found: JSON.stringify(path),
      accepted: 'a path such as /users, /users/{id} or /files/{proxy+}, or * for every other request',
      fix,
    });
  });

  it('names what to write for a sign that means something else', () => {
    expect(httpPathProblem('/a b')?.fix).toMatch(/^write "a%20b"/);
    expect(httpPathProblem('/a*b')?.fix).toMatch(/^write "a\*b" or another segment/);
  });

  it('is distinguished from an accepted one without an exception', () => {
    fc.assert(fc.property(fc.string(), (path) => expect(() => httpPathProblem(path)).not.toThrow()));
  });
});

describe('the shape of a path', () => {
  it.each([
    ['/users/{id}/posts/{post}', '/users/{}/posts/{}'],
    ['/files/{proxy+}', '/files/{+}'],
    ['/users', '/users'],
    ['*', '$default'],
    ['$default', '$default'],
  ])('of %s is %s', (path, shape) => {
    expect(pathShape(path)).toBe(shape);
  });

  it('does not depend on the names of variables', () => {
    fc.assert(
      fc.property(validPath, (path) => {
        expect(pathShape(path.replace(/\{/g, '{other'))).toBe(pathShape(path));
      }),
    );
  });

  it('distinguishes a variable, a greedy one and a segment', () => {
    expect(new Set(['/a/{b}', '/a/{b+}', '/a/b'].map(pathShape)).size).toBe(3);
  });
});

it('variables are in order, each with what precedes it', () => {
  expect(pathVariables('/users/{id}/files/{rest+}')).toEqual([
    { name: 'id', greedy: false, level: '/users' },
    { name: 'rest', greedy: true, level: '/users/{}/files' },
  ]);
});

it.each([
  ['GET', '/users/{id}', 'GET /users/{id}'],
  ['*', '/users', 'ANY /users'],
  ['*', '*', '$default'],
  ['*', '$default', '$default'],
])('the key of %s %s is %s', (method, path, key) => {
  expect(routeKey(method, path)).toBe(key);
});
