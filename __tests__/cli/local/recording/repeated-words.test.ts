import { localArguments } from '../../../../cli/local/arguments';
import { repeatedWords } from '../../../../cli/local/recording/repeated-words';

describe('the words that repeat a run', () => {
  const OPTIONS = {
    ...{ printEvent: false, fast: false, json: true, verbose: false, plain: false, aws: false, create: false },
    ...{ env: [], envFile: [], secret: [], deliverTwice: false, chain: true, failAttempts: [], throttle: 0 },
  };
  const words = (options: object, shell = {}, secrets: string[] = []) =>
    repeatedWords(localArguments('report', { ...OPTIONS, ...options }), { eventFile: 'kept.json', secrets, shell });

  it('are those that were given', () => {
    expect(words({})).toEqual(['report']);
    expect(
      words(
        {
          ...{ fast: true, engine: 'podman', eventType: { type: 'sqs', place: 2 }, deliverTwice: true, verbose: true },
          ...{
            failAttempts: [1, 2],
            interruptAfter: 3,
            timeoutAfter: 0.25,
            grace: 10,
            throttle: 5,
            envFile: ['a', 'b'],
          },
        },
        { BATCH_JOBS_CONFIG: 'jobs.yml' },
      ).join(' '),
    ).toBe(
      'report --config jobs.yml --event-type sqs:2 --fast --engine podman --env-file a --env-file b --deliver-twice ' +
        '--fail-attempts 1,2 --interrupt-after 3s --timeout-after 250ms --grace 10s --throttle 5 --verbose',
    );
    expect(words({ plain: true, eventType: { type: 's3', place: 1 } })).toEqual([
      'report',
      '--event-type',
      's3',
      '--plain',
    ]);
    expect(words({ endpoint: 'http://127.0.0.1:4566', create: true }).join(' ')).toBe(
      'report --endpoint http://127.0.0.1:4566 --create',
    );
    expect(words({ aws: true })).toEqual(['report', '--aws']);
    expect(words({ chain: false })).toEqual(['report', '--no-chain']);
    expect(words({ timeoutAfter: 0.0016 })).toEqual(['report', '--timeout-after', '2ms']);
    expect(words({}, { BATCH_JOBS_CONFIG: '' })).toEqual(['report']);
  });

  it('name the event of a file, and the recorded one of standard input and pipes', () => {
    expect(words({ event: __filename })).toEqual(['report', '--event', __filename]);
    for (const event of ['-', '/dev/null', '/nowhere.json'])
      expect(words({ event })).toEqual(['report', '--event', 'kept.json']);
    const shell = { BATCH_JOBS_EVENT_TYPE: 'sqs:2' };
    expect(words({ event: '-' }, shell)).toEqual(['report', '--event-type', 'sqs:2']);
    expect(words({ event: '/nowhere.json' }, shell)).toEqual(['report', '--event', 'kept.json']);
  });

  it('have no value of a secret', () => {
    const env = [
      { name: 'LEVEL', value: 'debug' },
      { name: 'API_TOKEN', value: 's3cret' },
      { name: 'DATABASE', value: 'postgres://me:s3cret@db/x' },
      { name: 'HOOK', value: 's3cret' },
      { name: 'FROM_SHELL', value: 's3cret' },
    ];
    const given = words({ env, secret: [{ name: 'WHOOK', value: 's3cret' }] }, { FROM_SHELL: 's3cret' }, ['HOOK']);
    expect(given.join(' ')).toBe(
      'report --env LEVEL=debug --env API_TOKEN --env DATABASE --env HOOK --env FROM_SHELL --secret WHOOK',
    );
  });

  it('have no password of an address', () => {
    const of = (endpoint: string) => words({ endpoint }).slice(-1);
    expect(of('http://me:s3cret@127.0.0.1:4566/a@b')).toEqual(['http://127.0.0.1:4566/a@b']);
    expect(of('http://127.0.0.1:4566/http://a@b')).toEqual(['http://127.0.0.1:4566/http://a@b']);
  });

  it('have no value of a variable whose name is one of a secret, in any case', () => {
    expect(words({ env: [{ name: 'api_token', value: 'a' }] })).toEqual(['report', '--env', 'api_token']);
  });
});
