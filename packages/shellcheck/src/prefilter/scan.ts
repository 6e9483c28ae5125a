/** Matches a sticky expression at a place. */
export function at(expression: RegExp, script: string, index: number): RegExpExecArray | null {
  expression.lastIndex = index;
  return expression.exec(script);
}

export const variable = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/y;

/** A value for where there is none, or a part that is cut off at the end or the beginning. */
export const editedVariable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(:-|%%?|##?)[A-Za-z0-9_./@:*-]+\}/y;

export const isSubstitution = (script: string, start: number): boolean =>
  script[start + 1] === "(" && script[start + 2] !== "(";
