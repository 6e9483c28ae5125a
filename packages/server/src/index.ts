export { connectTo, startServer } from "./server.ts";
export type { Configured, ConfigureOptions, Engine } from "./engine.ts";
