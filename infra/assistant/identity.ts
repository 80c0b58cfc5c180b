import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ProviderAttribute,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** Who signs people in. */
export interface Issuer {
  readonly url: string;
  readonly clientId: string;
  /** The domain of Cognito's pages; null for another issuer. */
  readonly pagesUrl: string | null;
}

type Identity = Config['assistant']['identity'];

/**
 * A user pool of Amazon Cognito: with users and groups of its own, or with those of a SAML identity
 * provider, whose attribute `groups` tells the groups.
 */
export function makeUserPool(
  scope: Construct,
  { deployment, assistant }: Config,
  identity: Exclude<Identity, { provider: 'oidc' }>,
  publicUrl: string,
): Issuer {
  const { prefix, account } = deployment;
  const pool = new UserPool(scope, 'Users', {
    userPoolName: prefix,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    customAttributes: { groups: new StringAttribute({ mutable: true, maxLen: 2_048 }) },
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions-COG8',
    reason:
      'Threat protection is of the Plus plan, which costs for each user; a second factor is required.',
  });
  if (identity.provider === 'cognito') {
    for (const groupName of Object.keys(assistant.groups)) {
      new CfnUserPoolGroup(scope, `Group-${groupName}`, { userPoolId: pool.userPoolId, groupName });
    }
  }
  const saml =
    identity.provider === 'saml'
      ? new UserPoolIdentityProviderSaml(scope, 'Saml', {
          userPool: pool,
          name: 'saml',
          metadata: UserPoolIdentityProviderSamlMetadata.url(identity.metadataUrl),
          attributeMapping: {
            email: ProviderAttribute.other('email'),
            custom: { 'custom:groups': ProviderAttribute.other('groups') },
          },
        })
      : null;
  const domain = pool.addDomain('Pages', {
    cognitoDomain: { domainPrefix: `${prefix}-${account}` },
  });
  const client = new UserPoolClient(scope, 'Client', {
    userPool: pool,
    userPoolClientName: prefix,
    // Its code and PKCE prove who asks; a secret could be read by nobody but the function, and would
    // have to be carried there.
    generateSecret: false,
    authFlows: {},
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(15),
    refreshTokenValidity: Duration.hours(8),
    supportedIdentityProviders: [
      saml
        ? UserPoolClientIdentityProvider.custom(saml.providerName)
        : UserPoolClientIdentityProvider.COGNITO,
    ],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${publicUrl}/auth/callback`],
      logoutUrls: [`${publicUrl}/`],
    },
  });
  if (saml) client.node.addDependency(saml);
  const { region } = Stack.of(scope);
  return {
    url: `https://cognito-idp.${region}.amazonaws.com/${pool.userPoolId}`,
    clientId: client.userPoolClientId,
    pagesUrl: domain.baseUrl(),
  };
}
