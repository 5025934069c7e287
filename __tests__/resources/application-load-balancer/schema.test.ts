import { applicationLoadBalancerResource } from '../../../modules/resources/application-load-balancer/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const type = 'application-load-balancer';
const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';
const OTHER_CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/2';
const custom = (...customCertificateArns: string[]) => ({ port: 443, protocol: 'HTTPS', customCertificateArns });
const problems = (loadBalancer: object) => problemsWith(applicationLoadBalancerResource, { type, ...loadBalancer });
const http = (port: number) => ({ port, protocol: 'HTTP' });

describe('an application-load-balancer', () => {
  it('is protected', () => {
    expect(applicationLoadBalancerResource.parse({ type, properties: {} }).properties).toEqual({
      deletionProtection: true,
    });
  });

  it.each([
    {},
    { existing: { listenerArn: LISTENER } },
    { properties: { certificateArn: CERTIFICATE } },
    { properties: { certificateArn: 'arn:aws:iam::123456789012:server-certificate/web' } },
    { properties: { certificateArn: tokens().TEXT } },
    { properties: { listeners: [http(1), { port: 65_535, protocol: 'HTTPS', certificateArn: CERTIFICATE }] } },
    { properties: { listeners: [custom(CERTIFICATE)] } },
    { properties: { listeners: [custom(CERTIFICATE, OTHER_CERTIFICATE, tokens().TEXT)] } },
    { properties: { subnetIds: ['subnet-1', 'subnet-2'], deletionProtection: false } },
  ])('takes %j', (loadBalancer) => {
    expect(problems(loadBalancer)).toEqual([]);
  });

  it.each([
    [{ properties: {}, existing: { listenerArn: LISTENER } }, '', 'remove one of them'],
    [
      { existing: { listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1' } },
      'existing.listenerArn',
      'use the ARN of one of its listeners, which has listener/app/ in it',
    ],
    [{ existing: { listenerArn: 'web' } }, 'existing.listenerArn', expect.stringMatching(/^write an ARN such as/)],
    [{ properties: { certificateArn: 'web' } }, 'properties.certificateArn', expect.stringMatching(/^write an ARN/)],
    [
      { properties: { certificateArn: CERTIFICATE, listeners: [http(80)] } },
      'properties',
      'move certificateArn into the HTTPS listeners',
    ],
    [{ properties: { listeners: [] } }, 'properties.listeners', 'add an entry'],
    [
      { properties: { listeners: [{ port: 443, protocol: 'HTTPS' }] } },
      'properties.listeners[0].certificateArn',
      'add certificateArn',
    ],
    [
      { properties: { listeners: [{ ...http(80), certificateArn: CERTIFICATE }] } },
      'properties.listeners[0].protocol',
      "write protocol: 'HTTPS', or remove certificateArn",
    ],
    [
      { properties: { listeners: [{ ...custom(CERTIFICATE), protocol: 'HTTP' }] } },
      'properties.listeners[0].protocol',
      "write protocol: 'HTTPS', or remove customCertificateArns",
    ],
    [
      { properties: { listeners: [{ ...custom(CERTIFICATE), certificateArn: OTHER_CERTIFICATE }] } },
      'properties.listeners[0]',
      'move certificateArn into customCertificateArns, in front: the first one is the default',
    ],
    [
      { properties: { listeners: [custom(CERTIFICATE, OTHER_CERTIFICATE, CERTIFICATE)] } },
      'properties.listeners[0].customCertificateArns[2]',
      'remove one of them',
    ],
    [{ properties: { listeners: [custom()] } }, 'properties.listeners[0].customCertificateArns', 'add an entry'],
    [
      { properties: { listeners: [custom('web')] } },
      'properties.listeners[0].customCertificateArns[0]',
      expect.stringMatching(/^write an ARN such as/),
    ],
    [
      { properties: { listeners: [http(80), http(81), http(80)] } },
      'properties.listeners[2].port',
      'change or remove one of them',
    ],
    [{ properties: { listeners: [http(0)] } }, 'properties.listeners[0].port', 'use 1'],
    [
      { properties: { listeners: [http(tokens().NUMBER)] } },
      'properties.listeners[0].port',
      'write the number itself: it is needed for the listeners',
    ],
    [
      { properties: { listeners: Array.from({ length: 51 }, (_, index) => http(index + 1)) } },
      'properties.listeners',
      'use a second load balancer',
    ],
    [
      { properties: { subnetIds: ['subnet-1'] } },
      'properties.subnetIds',
      'add a subnet in another Availability Zone: a load balancer needs two or more',
    ],
    [
      { properties: { subnetIds: [] } },
      'properties.subnetIds',
      'add a subnet in another Availability Zone: a load balancer needs two or more',
    ],
  ])('refuses %j', (loadBalancer, path, fix) => {
    expect(problems(loadBalancer)).toEqual([expect.objectContaining({ path, fix })]);
  });
});
