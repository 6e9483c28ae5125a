/** Whether hadolint takes a variable for a secret: by a part of its name, or as one of the well-known names of services. */
export const isSecretForHadolint = (name: string): boolean =>
  /api_key|client_key|password|private|secret|token|username/i.test(name) || wellKnown.has(name.toUpperCase());

/** Those that none of the parts above finds; observed on hadolint 2.15.1. */
const wellKnown = new Set([
  "APPLICATION_KEY",
  "AWS_ACCESS_KEY_ID",
  "CI_DEPLOY_USER",
  "DOCKER_EMAIL",
  "FACEBOOK_APP_ID",
  "HEROKU_API_USER",
  "OKTA_AUTHN_GROUPID",
  "OKTA_CLIENT_ORGURL",
  "OKTA_OAUTH2_CLIENTID",
  "STRIPE_DEVICE_NAME",
  "TRAVIS_OS_NAME",
  "TRAVIS_SECURE_ENV_VARS",
  "TRAVIS_SUDO",
]);
