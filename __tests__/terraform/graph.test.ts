import { terraformGraph } from '../../modules/terraform/graph';

const edges = (document: Parameters<typeof terraformGraph>[0]) => Object.fromEntries(terraformGraph(document));

it('has every resource and data source, with what each refers to', () => {
  expect(
    edges({
      resource: {
        aws_sqs_queue: { inbox: { name: 'inbox' }, dead: {} },
        aws_lambda_function: {
          f: {
            environment: [{ Q: '${aws_sqs_queue.inbox.url}-${data.aws_region.here.name}' }],
            twice: '${aws_sqs_queue.inbox.arn}',
          },
        },
      },
      data: { aws_region: { here: { of: '${aws_sqs_queue.dead.id}' } } },
    }),
  ).toEqual({
    'aws_sqs_queue.inbox': [],
    'aws_sqs_queue.dead': [],
    'aws_lambda_function.f': ['aws_sqs_queue.inbox', 'data.aws_region.here'],
    'data.aws_region.here': ['aws_sqs_queue.dead'],
  });
});

it.each<[string, object, string[]]>([
  ['an address without braces is text', { a: 'aws_sqs_queue.inbox' }, []],
  ['braces that are escaped are text', { a: '$${aws_sqs_queue.inbox.arn}' }, []],
  ['a list of addresses needs no braces', { depends_on: ['aws_sqs_queue.inbox'] }, ['aws_sqs_queue.inbox']],
  [
    'nor do what replaces a resource, however deep',
    { lifecycle: { replace_triggered_by: [['aws_sqs_queue.inbox']] } },
    ['aws_sqs_queue.inbox'],
  ],
  ['a comment is no reference', { '//': { at: '${aws_sqs_queue.inbox}' } }, []],
  ['what is not in the document is left out', { a: '${aws_sqs_queue.other.arn} ${var.x}' }, []],
  ['numbers and null are passed over', { a: [1, null, true] }, []],
])('%s', (_, block, others) => {
  const graph = edges({ resource: { aws_sqs_queue: { inbox: {} }, aws_sns_topic: { t: block } } });
  expect(graph['aws_sns_topic.t']).toEqual(others);
});

it('is empty for an empty document', () => {
  expect(edges({})).toEqual({});
});
