import { rules } from "@stagewright/rules";
import { configSchema } from "../packages/host/src/config/schema.ts";

/** The published schema of `.stagewright.yaml` and its like. */
export const configSchemaText = (): string => `${JSON.stringify(configSchema(rules), null, 2)}\n`;
