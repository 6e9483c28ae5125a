/** One challenge of a WWW-Authenticate header (RFC 9110, section 11.6.1). Names are lower-cased. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** All challenges of the header, in order; what does not follow the grammar ends the reading. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const token = /[!#$%&'*+\-.^_`|~\w]+/y;
  const quoted = /"((?:[^"\\]|\\.)*)"/y;
  let at = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    at = match ? pattern.lastIndex : at;
    return match;
  };

  for (;;) {
    take(/[\s,]*/y);
    const word = take(token)?.[0];
    if (word === undefined) {
      return challenges;
    }
    const current = challenges.at(-1);
    if (current && take(/\s*=\s*/y)) {
      const value = take(quoted)?.[1]?.replace(/\\(.)/g, "$1") ?? take(token)?.[0];
      if (value === undefined) {
        return challenges;
      }
      current.parameters[word.toLowerCase()] = value;
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: Object.create(null) as Record<string, string> });
    }
  }
}
