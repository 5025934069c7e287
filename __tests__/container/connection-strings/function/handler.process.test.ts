import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { Composition } from '../../../../modules/container/connection-strings/function/compose';
import { stringsProgram } from '../../../../modules/container/connection-strings/strings-bundle';
import { TEST_CREDENTIALS } from '../../../orchestration/trigger/signature';
import { TriggerProcess } from '../../../orchestration/trigger/trigger-process';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret';
const [DATABASE, STRINGS] = [`${ARN}:shop/db-AbCdEf`, `${ARN}:shop-import-connection-strings-AbCdEf`];

const COMPOSITION: Composition = {
  variables: {
    STP_DB_CONNECTION_STRING: 'postgresql://app:$(STP_DB_PASSWORD)@db:5432/x',
    URLS: 'redis://default:$(STP_CACHE_PASSWORD)@cache:6379,postgresql://app:$(STP_DB_PASSWORD)@db:5432/x',
  },
  secrets: { STP_DB_PASSWORD: `${DATABASE}:password::`, STP_CACHE_PASSWORD: `${ARN}:cache-AbCdEf` },
};

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** AWS Secrets Manager, as far as the function knows it. */
class FakeSecrets {
  readonly values = new Map<string, string>();
  readonly writes: { readonly SecretString: string; readonly ClientRequestToken: string }[] = [];
  /** What the next requests are answered with instead. */
  faults: Answer[] = [];
  onWrite: () => void = () => {};
  private readonly server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
      const { status, body } = this.faults.shift() ?? this.answer(operation, JSON.parse(text));
      response.writeHead(status).end(JSON.stringify(body));
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(operation: string, given: { SecretId: string } & FakeSecrets['writes'][number]): Answer {
    if (operation === 'PutSecretValue') {
      this.values.set(given.SecretId, given.SecretString);
      this.writes.push(given);
      this.onWrite();
      return { status: 200, body: {} };
    }
    const value = this.values.get(given.SecretId);
    return value === undefined ? refusal('ResourceNotFoundException') : { status: 200, body: { SecretString: value } };
  }
}

function refusal(code: string): Answer {
  return { status: 400, body: { __type: code, message: `no: ${code}` } };
}

let lambda: TriggerProcess;
let secrets: FakeSecrets;

beforeAll(() => {
  lambda = new TriggerProcess(stringsProgram.text());
});
afterAll(() => lambda.stop());

beforeEach(async () => {
  secrets = new FakeSecrets();
  await secrets.listen();
  password('first');
  secrets.values.set(`${ARN}:cache-AbCdEf`, 'c@che');
});
afterEach(() => secrets.close());

function password(text: string): void {
  secrets.values.set(DATABASE, JSON.stringify({ password: text }));
}

function invoke(composition = COMPOSITION, timeoutMs = 120_000) {
  const variables = {
    ...TEST_CREDENTIALS,
    AWS_ENDPOINT_URL: secrets.url,
    CONNECTION_STRINGS: JSON.stringify(composition),
    CONNECTION_STRINGS_SECRET: STRINGS,
  };
  return lambda.invoke({}, { variables, timeoutMs });
}

const written = () => JSON.parse(secrets.values.get(STRINGS) ?? '{}');

describe('the function of connection strings', () => {
  it('writes them complete, and answers and logs nothing of them', async () => {
    const { result, error } = await invoke();
    expect([result, error]).toEqual([undefined, undefined]);
    expect(written()).toEqual({
      STP_DB_CONNECTION_STRING: 'postgresql://app:first@db:5432/x',
      URLS: 'redis://default:c%40che@cache:6379,postgresql://app:first@db:5432/x',
    });
    expect(lambda.output).toContain('"written":["STP_DB_CONNECTION_STRING","URLS"]');
    expect(lambda.output).not.toMatch(/first|c%40che|c@che/);
  });

  it('writes nothing if nothing is new, and a new password', async () => {
    await invoke();
    await invoke();
    expect(secrets.writes).toHaveLength(1);
    password('next');
    await invoke();
    expect(secrets.writes).toHaveLength(2);
    expect(new Set(secrets.writes.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(2);
    expect(written().STP_DB_CONNECTION_STRING).toBe('postgresql://app:next@db:5432/x');
  });

  it('keeps a variable that a job which was queued before a deployment asks for', async () => {
    await invoke();
    const { URLS: _, ...fewer } = COMPOSITION.variables;
    password('next');
    await invoke({ ...COMPOSITION, variables: fewer });
    expect(written()).toMatchObject({
      URLS: expect.stringContaining('first'),
      STP_DB_CONNECTION_STRING: expect.stringContaining('next'),
    });
  });

  it('does not leave the older password if it changes while it is written', async () => {
    secrets.onWrite = () => {
      secrets.onWrite = () => {};
      password('newer');
    };
    await invoke();
    expect(secrets.writes).toHaveLength(2);
    expect(written().STP_DB_CONNECTION_STRING).toBe('postgresql://app:newer@db:5432/x');
  });

  it('waits until a new permission is known everywhere', async () => {
    secrets.faults = [refusal('AccessDeniedException'), refusal('AccessDeniedException')];
    expect((await invoke()).error).toBeUndefined();
    expect(written()).toHaveProperty('URLS');
  });

  it.each([
    ['a permission that stays refused', 'AccessDeniedException', 41_000],
    ['a secret without a value', 'ResourceNotFoundException', 120_000],
  ])('fails for %s by a name that is not repeated', async (_, code, timeoutMs) => {
    secrets.faults = Array.from({ length: 20 }, () => refusal(code));
    const { error } = await invoke(COMPOSITION, timeoutMs);
    expect(error).toMatchObject({
      name: 'ConnectionStringsError',
      message: expect.stringMatching(
        new RegExp(`^STP_(DB|CACHE)_PASSWORD could not be read from ${ARN}:.*: ${code} \\(HTTP 400\\): no: ${code}$`),
      ),
    });
    expect(secrets.writes).toEqual([]);
  });

  it('puts any password into a URL so that it can be read from it again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        password(text);
        await invoke();
        const { STP_DB_CONNECTION_STRING: url } = written();
        expect(decodeURIComponent(new URL(url).password)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});
