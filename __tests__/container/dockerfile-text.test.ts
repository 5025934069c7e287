import { buildVariables, declare, expanded, instructions } from '../../modules/container/dockerfile-text';

describe('the variables at the start of a build', () => {
  it.each([
    ['x86_64', 'amd64'],
    ['arm64', 'arm64'],
  ] as const)('are those of the platform of %s', (architecture, arch) => {
    const { values, given } = buildVariables([], architecture);
    expect(Object.fromEntries(values)).toEqual({
      TARGETPLATFORM: `linux/${arch}`,
      TARGETOS: 'linux',
      TARGETARCH: arch,
    });
    expect(given.size).toBe(0);
  });

  it('are the build arguments too, which replace the others', () => {
    const { values, given } = buildVariables(
      [
        ['TARGETOS', 'plan9'],
        ['TAG', '1'],
      ],
      'arm64',
    );
    expect([values.get('TARGETOS'), values.get('TAG')]).toEqual(['plan9', '1']);
    expect([...given]).toEqual(['TARGETOS', 'TAG']);
  });
});

describe('instructions', () => {
  const found = (text: string) => instructions(text).map(({ name, rest }) => `${name} ${rest}`);

  it.each([
    ['have their names in capitals', 'from a\n  run  b\tc  ', ['FROM a', 'RUN b\tc']],
    ['end at any kind of line end, after a byte order mark', '\uFEFFFROM a\r\nRUN b\r\n', ['FROM a', 'RUN b']],
    ['are without comments and empty lines', '# one\n\nFROM a\n  # two\nRUN b # c\n#three', ['FROM a', 'RUN b # c']],
    ['go on after a backslash', 'RUN a \\\n b \\ \t\n c\nRUN d', ['RUN a   b   c', 'RUN d']],
    ['go on after a comment between their lines', 'RUN a \\\n# why\n b', ['RUN a   b']],
    ['go on after two comments', 'RUN a \\\n# one\n# two\n b', ['RUN a   b']],
    ['go on at any kind of line end', 'RUN a \\\r\n b \\\r\n c', ['RUN a   b   c']],
    ['go on after the sign of a directive', '# escape=`\nRUN a `\n b `\n c \\\nRUN d', ['RUN a   b   c \\', 'RUN d']],
    ['have directives after others', '\uFEFF# syntax=a/b:1\r\n# escape=`\r\nRUN a `\r\n b', ['RUN a   b']],
    ['have no directive after a comment', '# why\n# escape=`\nRUN a `\nRUN b', ['RUN a `', 'RUN b']],
    ['have no directive after them', 'RUN a `\n# escape=`\nRUN b', ['RUN a `', 'RUN b']],
    ['go on after a backslash that the first line sets', '#ESCAPE = \\\nRUN a \\\n b', ['RUN a   b']],
    ['have a name and something to do', 'FROM\n$X a\nRUN a', ['RUN a']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([['<<EOF'], ['<<-EOF'], ['<<"EOF"'], ["<<'EOF'"]])(
    'are not the lines of a here-document that begins with %s',
    (start) => {
      for (const name of ['RUN', 'COPY', 'ADD', 'run']) {
        const first = `${name.toUpperCase()} ${start} /a`;
        expect(found(`${name} ${start} /a\nFROM b\nEOF\nRUN c`)).toEqual([first, 'RUN c']);
        expect(found(`${name} ${start} /a\nEOF\nRUN EOF\nRUN c\nEOF`)).toEqual([first, 'RUN EOF', 'RUN c']);
      }
    },
  );

  it('are not the lines of several here-documents', () => {
    expect(found('COPY <<A <<B /a\nFROM b\nA\nFROM c\nB\nRUN d')).toEqual(['COPY <<A <<B /a', 'RUN d']);
  });

  it('are the next lines after a sign that begins no here-document', () => {
    expect(found('RUN <<EOF\nFROM b')).toEqual(['RUN <<EOF', 'FROM b']);
    expect(found('LABEL a=<<EOF\nFROM b\nEOF')).toEqual(['LABEL a=<<EOF', 'FROM b']);
    expect(found('EOF a\nRUN <<EOF\nFROM b')).toEqual(['EOF a', 'RUN <<EOF', 'FROM b']);
  });
});

describe('ARG', () => {
  function declared(rest: string, given: readonly string[] = [], known: { readonly [name: string]: string } = {}) {
    const values = new Map(Object.entries(known));
    declare(rest, { values, given: new Set(given) });
    return Object.fromEntries(values);
  }

  it.each([
    ['A=1', { A: '1' }],
    ['A="1 2" B=\'3 4\' C=5', { A: '1 2', B: '3 4', C: '5' }],
    ['A', {}],
    ['A B=1', { B: '1' }],
    ['A=', {}],
    [`A="'1'"`, { A: "'1'" }],
    ['A=1 B=$A-x', { A: '1', B: '1-x' }],
    ['A=$NONE', {}],
  ])('%s sets %j', (rest, expected) => {
    expect(declared(rest)).toStrictEqual(expected);
  });

  it('sets nothing that the config gives, and keeps what is known without a default', () => {
    expect(declared('A=1 B=2', ['A'], { A: '0' })).toEqual({ A: '0', B: '2' });
    expect(declared('A', [], { A: '0' })).toEqual({ A: '0' });
  });
});

describe('a word', () => {
  const values = new Map([
    ['A', 'one'],
    ['B', 'two'],
    ['EMPTY', ''],
  ]);

  it.each([
    ['plain', 'plain'],
    ['"in quotes"', 'in quotes'],
    ["'in quotes'", 'in quotes'],
    ['"one side', '"one side'],
    ['"$A"', 'one'],
    ['a:$A-${B}', 'a:one-two'],
    ['${A:-x}', 'one'],
    ['${NONE:-x}', 'x'],
    ['${NONE-$B}', 'two'],
    ['${EMPTY:-x}', 'x'],
    ['${A:+x}', 'x'],
    ['${A+$B}', 'two'],
    ['a${NONE:+x}', 'a'],
    ['a${A:+$NONE}', 'a'],
    ['a${A+}', 'a'],
  ])('%s is %s', (word, expected) => {
    expect(expanded(word, values)).toBe(expected);
  });

  it.each(['', '""', '$NONE', 'a-$NONE', '$NONE-$A', '${EMPTY}', '${NONE:-}', '${NONE:-$NONE}', '${NONE:+x}'])(
    '%j is not known',
    (word) => {
      expect(expanded(word, values)).toBeUndefined();
    },
  );
});
