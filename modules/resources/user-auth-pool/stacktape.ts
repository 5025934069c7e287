import { type ByValue, beside, given, type Instead, type StacktapeType } from '../../config/stacktape';
import { asObject } from '../../config/value-at';

/** What only the pool's resource can have, with permissions or roles of others. */
const OWN_POOL = 'not part of this project: create the user pool in Terraform, and name it in existing';

function mfa(value: unknown): Instead | undefined {
  const { status, enabledTypes } = asObject(value);
  if (status === undefined) return undefined;
  if (Array.isArray(enabledTypes) && enabledTypes.includes('SMS')) return OWN_POOL;
  return { UserAuthPool: { mfa_configuration: status, software_token_mfa_configuration: { enabled: true } } };
}

function email(value: unknown): Instead {
  const { sesAddressArn, from, replyToEmailAddress } = asObject(value);
  const sender = { email_sending_account: 'DEVELOPER', source_arn: sesAddressArn };
  return {
    UserAuthPool: {
      email_configuration: {
        ...(sesAddressArn !== undefined && sender),
        ...(from !== undefined && { from_email_address: from }),
        ...(replyToEmailAddress !== undefined && { reply_to_email_address: replyToEmailAddress }),
      },
    },
  };
}

function invitation(value: unknown): Instead {
  const { emailMessage, emailSubject, smsMessage } = asObject(value);
  const texts = given({ email_message: emailMessage, email_subject: emailSubject, sms_message: smsMessage });
  return { UserAuthPool: { admin_create_user_config: { invite_message_template: texts } } };
}

function verificationTexts(value: unknown): Instead {
  const texts = asObject(value);
  return {
    UserAuthPool: {
      verification_message_template: given({
        email_message: texts.emailMessageUsingCode,
        email_message_by_link: texts.emailMessageUsingLink,
        email_subject: texts.emailSubjectUsingCode,
        email_subject_by_link: texts.emailSubjectUsingLink,
        sms_message: texts.smsMessage,
      }),
    },
  };
}

/** Terraform has limits of attributes as strings. */
function limit(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function userAttribute(attribute: unknown): object {
  const one = asObject(attribute);
  const length = given({ min_length: limit(one.stringMinLength), max_length: limit(one.stringMaxLength) });
  const size = given({ min_value: limit(one.numberMinValue), max_value: limit(one.numberMaxValue) });
  return given({
    name: one.name,
    attribute_data_type: one.attributeDataType ?? 'String',
    developer_only_attribute: one.developerOnlyAttribute,
    mutable: one.mutable,
    required: one.required,
    string_attribute_constraints: Object.keys(length).length > 0 ? length : undefined,
    number_attribute_constraints: Object.keys(size).length > 0 ? size : undefined,
  });
}

function tokenValidity(token: string): ByValue {
  return (seconds) => ({
    Client: { [`${token}_token_validity`]: seconds, token_validity_units: { [`${token}_token`]: 'seconds' } },
  });
}

const HOSTED_SIGN_IN = beside('aws_cognito_user_pool_domain', 'aws_cognito_user_pool_client');

/** What Stacktape's user pools have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    enableHostedUi: HOSTED_SIGN_IN,
    hostedUiDomainPrefix: HOSTED_SIGN_IN,
    hostedUiCSS: beside('aws_cognito_user_pool_ui_customization'),
    customDomain: HOSTED_SIGN_IN,
    allowedOAuthFlows: HOSTED_SIGN_IN,
    allowedOAuthScopes: HOSTED_SIGN_IN,
    callbackURLs: HOSTED_SIGN_IN,
    logoutURLs: HOSTED_SIGN_IN,
    identityProviders: beside('aws_cognito_identity_provider'),
    hooks: OWN_POOL,
    requireEmailVerification: 'remove it: it has no effect in Stacktape. Set userVerificationType',
    requirePhoneNumberVerification: 'remove it: it has no effect in Stacktape. Set userVerificationType',
    mfaConfiguration: mfa,
    emailConfiguration: email,
    allowOnlyExternalIdentityProviders: beside('aws_cognito_identity_provider', 'aws_cognito_user_pool_client'),
    inviteMessageConfig: invitation,
    userVerificationMessageConfig: verificationTexts,
    schema: (value) => ({ UserAuthPool: { schema: Array.isArray(value) ? value.map(userAttribute) : [] } }),
    accessTokenValiditySeconds: tokenValidity('access'),
    idTokenValiditySeconds: tokenValidity('id'),
    refreshTokenValidityDays: (value) => ({ Client: { refresh_token_validity: value } }),
    generateClientSecret: (value) => ({ Client: { generate_secret: value } }),
    unusedAccountValidityDays: (value) => ({
      UserAuthPool: { password_policy: { temporary_password_validity_days: value } },
    }),
    'passwordPolicy.temporaryPasswordValidityDays': (value) => ({
      UserAuthPool: { password_policy: { temporary_password_validity_days: value } },
    }),
    ...Object.fromEntries(
      ['Lowercase', 'Uppercase', 'Numbers', 'Symbols'].map((kind) => [
        `passwordPolicy.require${kind}`,
        (value: unknown): Instead => ({
          UserAuthPool: { password_policy: { [`require_${kind.toLowerCase()}`]: value } },
        }),
      ]),
    ),
  },
};
