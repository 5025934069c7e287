// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { EventBus, type EventBusProps } from '../../../modules/resources/event-bus/construct';
import { foreignStack, Synthesis } from '../../synthesis';

function setUp(props: Partial<EventBusProps> = {}) {
  const stack = foreignStack();
  return { stack, bus: new EventBus(stack, 'orders', { stackName: 'reports', ...props }) };
}

describe('EventBus', () => {
  it('makes a bus, and no policy: its own account may use it', () => {
    const synthesis = new Synthesis(setUp().stack);
    expect(synthesis.types).toEqual(['aws_cloudwatch_event_bus']);
    expect(synthesis.one('aws_cloudwatch_event_bus')).toEqual({ name: 'reports-orders' });
  });

  it('has one policy with its statements, in the form of EventBridge', () => {
    const Condition = {
      StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890', 'events:source': '${aws:PrincipalTag/a}' },
    };
    const synthesis = new Synthesis(
      setUp({
        properties: {
          policyStatements: [
            { Sid: 'Shop', Principal: { AWS: ['210987654321'] } },
            { Sid: 'Organization', Principal: { AWS: ['*'] }, Condition },
          ],
        },
      }).stack,
    );
    const { policy, ...attributes } = synthesis.one('aws_cloudwatch_event_bus_policy', 'orders_Policy');
    expect(attributes).toEqual({ event_bus_name: '${aws_cloudwatch_event_bus.orders.name}' });
    const allowed = { Effect: 'Allow', Action: 'events:PutEvents', Resource: '${aws_cloudwatch_event_bus.orders.arn}' };
    expect(JSON.parse(String(policy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Shop', ...allowed, Principal: { AWS: ['210987654321'] } },
        {
          Sid: 'Organization',
          ...allowed,
          Principal: '*',
          Condition: {
            StringEquals: { ...Condition.StringEquals, 'events:source': '$${aws:PrincipalTag/a}' },
          },
        },
      ],
    });
  });

  it('has no policy for no statements', () => {
    expect(new Synthesis(setUp({ properties: { policyStatements: [] } }).stack).types).toEqual([
      'aws_cloudwatch_event_bus',
    ]);
  });

  it('cuts a long name', () => {
    const { name } = new Synthesis(setUp({ stackName: 'a'.repeat(300) }).stack).one('aws_cloudwatch_event_bus');
    expect(name).toHaveLength(256);
  });

  it('has its name and ARN for others', () => {
    const { stack, bus } = setUp();
    expect(bus.params).toEqual({ name: bus.name, arn: bus.arn });
    new TerraformOutput(stack, 'arn', { value: bus.arn });
    new TerraformOutput(stack, 'name', { value: bus.name });
    expect(new Synthesis(stack).outputs).toEqual({
      arn: { value: '${aws_cloudwatch_event_bus.orders.arn}' },
      name: { value: '${aws_cloudwatch_event_bus.orders.name}' },
    });
  });

  it('makes nothing for a bus that is there, whose name is in its ARN', () => {
    const arn = 'arn:aws:events:eu-west-1:123456789012:event-bus/aws.partner/shop.com/1';
    const { stack, bus } = setUp({ existing: { arn } });
    expect(new Synthesis(stack).types).toEqual([]);
    expect(bus.bus).toBeUndefined();
    expect(bus.params).toEqual({ name: 'aws.partner/shop.com/1', arn });
  });

  it('lets Terraform read the name where it alone knows the ARN', () => {
    const stack = foreignStack();
    const arn = new TerraformVariable(stack, 'arn', {}).stringValue;
    const { name } = new EventBus(stack, 'orders', { stackName: 'reports', existing: { arn } });
    new TerraformOutput(stack, 'name', { value: name });
    expect(new Synthesis(stack).outputs.name).toEqual({ value: '${element(split(":event-bus/", var.arn), 1)}' });
  });
});
