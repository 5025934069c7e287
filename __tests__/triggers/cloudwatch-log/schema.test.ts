import { parse } from '../../../modules/config/parse';
import { cloudwatchLog } from '../../../triggers/cloudwatch-log/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const ARN = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders';

function event(properties: object) {
  return { type: 'cloudwatch-log', properties: { logGroupArn: ARN, ...properties } };
}

describe('a cloudwatch-log event', () => {
  it('accepts every record by default', () => {
    expect(parse(cloudwatchLog, event({}), 'test').properties).toEqual({ logGroupArn: ARN, filter: '' });
  });

  it.each([
    { logGroupArn: `${ARN}:*` },
    { logGroupArn: 'arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:a.b#c' },
    { logGroupArn: "$ResourceParam('orders', 'logGroupArn')" },
    { logGroupArn: tokens().TEXT },
    { filter: '{ $.level = "ERROR" }' },
    { filter: 'x'.repeat(1024) },
  ])('may have %j', (properties) => {
    expect(problemsWith(cloudwatchLog, event(properties))).toEqual([]);
  });

  it.each([
    [{ logGroupArn: '/aws/lambda/orders' }, 'logGroupArn', `write an ARN such as ${ARN}`],
    [{ logGroupArn: `${ARN}:log-stream:x` }, 'logGroupArn', `write nothing after the name, as in ${ARN}`],
    [
      { logGroupArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:3' },
      'logGroupArn',
      'that is a function: write arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders',
    ],
    [{ filter: 'x'.repeat(1025) }, 'filter', 'shorten it: it has 1025'],
    [{ filter: 5 }, 'filter', 'write "5", in quotes'],
    [{ fliter: 'ERROR' }, 'fliter', 'did you mean "filter"?'],
  ])('has not %j', (properties, path, fix) => {
    expect(problemsWith(cloudwatchLog, event(properties))).toMatchObject([{ path: `properties.${path}`, fix }]);
  });
});
