// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { policyDocument, trustPolicy } from '../../modules/access/policy';

describe('policyDocument', () => {
  it('allows unless a statement says otherwise', () => {
    expect(
      JSON.parse(
        policyDocument([
          { Sid: 'Read', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] },
          { Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['*'], Condition: { Bool: { 'aws:x': 'true' } } },
        ]),
      ),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] },
        { Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['*'], Condition: { Bool: { 'aws:x': 'true' } } },
      ],
    });
  });

  it('escapes policy variables, which look like templates to Terraform', () => {
    const home = `arn:aws:s3:::home/\${aws:username}/*`;
    expect(policyDocument([{ Action: ['s3:GetObject'], Resource: [home] }])).toContain(
      `arn:aws:s3:::home/$\${aws:username}/*`,
    );
  });
});

describe('trustPolicy', () => {
  it('lets one service assume the role', () => {
    expect(JSON.parse(trustPolicy('lambda.amazonaws.com'))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('takes a condition', () => {
    const condition = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
    expect(JSON.parse(trustPolicy('ecs-tasks.amazonaws.com', condition)).Statement[0].Condition).toEqual(condition);
  });
});
