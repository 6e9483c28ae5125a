import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { connectionOver } from "../../packages/server/src/testing/client.ts";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const folder = mkdtempSync(join(tmpdir(), "stagewright-socket-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the server for a client that listens, and says what it answers and how it ends. */
async function serve(address: string | number, argument: (address: string | number) => string, ends: boolean) {
  const listener = createServer().listen(address);
  await once(listener, "listening");
  const at = typeof address === "string" ? address : (listener.address() as AddressInfo).port;
  const child = spawn(process.execPath, [join(root, "bin/stagewright.js"), "lsp", argument(at)], { stdio: "ignore" });
  const exit = once(child, "exit") as Promise<[number | null]>;
  const [socket] = (await once(listener, "connection")) as [Socket];
  const connection = connectionOver(socket, socket);
  connection.listen();
  const request = { processId: null, rootUri: null, capabilities: {} };
  const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string } }>("initialize", request);
  if (ends) {
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
  } else socket.destroy();
  const [status] = await exit;
  listener.close();
  return { name: serverInfo.name, status };
}

describe("the server connects to a client that listens", { timeout: 30_000 }, () => {
  stagewright(["--version"], { cwd: folder });

  test("at a port, until the client says so", async () => {
    expect(await serve(0, (port) => `--socket=${port}`, true)).toEqual({ name: "stagewright", status: 0 });
  });

  test("at a pipe, and ends when the client goes away", async () => {
    const path = process.platform === "win32" ? `\\\\.\\pipe\\stagewright-${process.pid}` : join(folder, "client.sock");
    expect(await serve(path, (name) => `--pipe=${name}`, false)).toEqual({ name: "stagewright", status: 1 });
  });
});
