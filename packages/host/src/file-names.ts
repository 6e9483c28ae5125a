/** Endings of files that are about Dockerfiles without being one. */
const otherKinds =
  "adoc|bak|bat|c|cfg|cmd|conf|cpp|cs|css|csv|diff|dockerignore|erb|go|html|in|ini|j2|java|jinja|jinja2|js|json|jsonl|jsx|kt|lock|log|md|mdx|mjs|mustache|orig|patch|php|png|ps1|py|rb|rej|rs|rst|sample|sh|sql|svg|swp|toml|ts|tsx|txt|xml|yaml|yml";

/**
 * Names of Dockerfiles: they hold `dockerfile` or `containerfile` in any case, alone or between `.`, `-` and `_`, and do not end as files of another kind. The
 * pre-commit hook uses the same pattern.
 */
export const dockerfileName = new RegExp(
  `^(?!.*\\.(?:${otherKinds})~?$)(?:.*[._-])?(?:dockerfile|containerfile)(?:[._-].*)?$`,
  "i",
);
