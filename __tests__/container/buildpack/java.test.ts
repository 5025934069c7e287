import { removeFolders } from '../folder';
import { ENTRY, type Files, GRADLE, image, reports } from './java/project';
import { commandOf, problemsOf } from './made';

afterEach(removeFolders);

describe('the main class', () => {
  const entry = (text: string, name = 'src/main/java/a/Job.java'): [Files, string] => [
    { 'build.gradle': "plugins { id 'java' }", [name]: text },
    name,
  ];

  it.each<[string, string, string]>([
    [
      'the package that the file says',
      '/* package x; */ package com.other;\nclass Job { static public void main(final String... args) {} }',
      'com.other.Job',
    ],
    ['no package', 'public class Job { public static void main(String args[]) throws Exception {} }', 'Job'],
    ['an interface', 'package a;\ninterface Job { static void main(String[] args) {} }', 'a.Job'],
  ])('is told by %s', (_, text, name) => {
    const [files, path] = entry(text);
    expect(commandOf(image(files, {}, path)).at(-1)).toBe(name);
  });

  it('needs no class and no words from Java 25 on', () => {
    const [files, path] = entry('void main() {}\n');
    expect(commandOf(image(files, { javaVersion: 25 }, path)).at(-1)).toBe('Job');
    expect(reports(files, { javaVersion: 21 }, path)).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    [
      'no main',
      'class Job { /* public static void main(String[] args) */ String a = "public static void main(String[] a)"; }',
      'no public static void main(String[] args) in it',
    ],
    [
      'a main that is not public',
      'class Job { static void main(String[] args) {} }',
      'no public static void main(String[] args) in it',
    ],
    [
      'a main without words',
      'class Job { public static void main() {} }',
      'no public static void main(String[] args) in it',
    ],
    ['another class', 'class Other { public static void main(String[] args) {} }', 'no class Job in it'],
  ])('refuses %s', (_, text, found) => {
    const [files, path] = entry(text);
    expect(reports(files, {}, path)).toEqual([['entryfilePath', `"${path}": ${found}`]]);
  });

  it('refuses a test', () => {
    const [files, path] = entry('class Job { public static void main(String[] args) {} }', 'src/test/java/Job.java');
    expect(reports(files, {}, path)).toEqual([
      ['entryfilePath', `"${path}": below src/test, which no program has in it`],
    ]);
  });
});

it.each(['Job.kt', 'Job.scala', 'Job.groovy'])('says how %s can be run', (name) => {
  expect(problemsOf({ [name]: '' }, { entryfilePath: name })).toEqual([
    expect.objectContaining({
      property: ['entryfilePath'],
      fix: 'set a Java class whose main method calls it, or write a Dockerfile and use custom-dockerfile',
    }),
  ]);
});

it('refuses excludeDependencies, which would be without effect', () => {
  const properties = { entryfilePath: ENTRY, excludeDependencies: ['a'] };
  expect(problemsOf(GRADLE, properties)).toMatchObject([
    { property: ['excludeDependencies'], found: '"a"', accepted: 'nothing for Java' },
  ]);
});
