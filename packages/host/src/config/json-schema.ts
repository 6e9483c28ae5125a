/** The part of JSON schema (draft 7) that configurations and options of rules are described with; a test holds the rules to it. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  /** What a key or value is called in messages: `rule`, `level`, `option`. */
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  /** A list is a tuple. */
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

export type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";

/** Keys and indexes from the root of a document to a value. */
export type JsonPath = readonly (string | number)[];

/** One mistake in a document. */
export interface Mistake {
  readonly path: JsonPath;
  /** The key at the end of the path is wrong, not its value. */
  readonly atKey: boolean;
  /** One sentence with a full stop. */
  readonly message: string;
}
