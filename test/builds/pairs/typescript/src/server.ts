import { greet } from "greeting";

declare const process: { readonly env: Readonly<Record<string, string | undefined>>; getuid(): number };
declare const console: { log(text: string): void };

const port: number = Number(process.env["PORT"]);
console.log(`${greet("port")} ${port + 1} ${process.env["NODE_ENV"] ?? ""} ${process.getuid()}`);
