import type { Recipe } from "../types.ts";
import { dotnet } from "./dotnet.ts";
import { go } from "./go.ts";
import { jvm } from "./jvm.ts";
import { node } from "./node.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";

/** The first that matches a file rewrites it. */
export const recipes: readonly Recipe[] = [go, rust, dotnet, jvm, node, python];
