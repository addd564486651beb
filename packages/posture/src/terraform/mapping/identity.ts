import type { TypeMapping } from './type-mapping.ts';

export const identity: Readonly<Record<string, TypeMapping>> = {
  aws_cognito_user_pool: {
    type: 'AWS::Cognito::UserPool',
    properties: {
      name: 'UserPoolName',
      password_policy: 'Policies.PasswordPolicy',
      schema: 'Schema[]',
      'lambda_config.kms_key_id': 'KMSKeyID',
      'account_recovery_setting.recovery_mechanism': 'RecoveryMechanisms[]',
    },
    attributes: { endpoint: '${@.ProviderName}' },
  },
  aws_cognito_user_pool_client: {
    type: 'AWS::Cognito::UserPoolClient',
    properties: {
      name: 'ClientName',
      allowed_oauth_flows: 'AllowedOAuthFlows',
      allowed_oauth_scopes: 'AllowedOAuthScopes',
      allowed_oauth_flows_user_pool_client: 'AllowedOAuthFlowsUserPoolClient',
      callback_urls: 'CallbackURLs',
      logout_urls: 'LogoutURLs',
      default_redirect_uri: 'DefaultRedirectURI',
    },
  },
  aws_cognito_user_pool_domain: { type: 'AWS::Cognito::UserPoolDomain' },
  aws_cognito_user_group: { type: 'AWS::Cognito::UserPoolGroup', properties: { name: 'GroupName' } },
  aws_cognito_resource_server: {
    type: 'AWS::Cognito::UserPoolResourceServer',
    properties: { scope: 'Scopes[]' },
  },
  aws_cognito_identity_provider: { type: 'AWS::Cognito::UserPoolIdentityProvider' },
  aws_cognito_identity_pool: {
    type: 'AWS::Cognito::IdentityPool',
    properties: { cognito_identity_providers: 'CognitoIdentityProviders[]' },
  },
  aws_cognito_identity_pool_roles_attachment: { type: 'AWS::Cognito::IdentityPoolRoleAttachment' },
};
