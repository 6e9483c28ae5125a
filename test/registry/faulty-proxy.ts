import * as http from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Stands before a registry and spoils what it answers about the images named `bad`; everything else passes as it is. */
export interface FaultyProxy {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** `GET /v2/bad/manifests/1`, since the last call. */
  takeCalls(): readonly string[];
  stop(): Promise<void>;
}

/** What the registry answered, and how the proxy answers in its place. */
export type Fault = (answer: Answer, response: http.ServerResponse) => void;

export interface Answer {
  readonly status: number;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer;
}

export const faults = {
  "401": (_, response) => response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end(),
  "403": (_, response) => response.writeHead(403).end("no"),
  "404": (_, response) => response.writeHead(404).end("{}"),
  "429": (_, response) => response.writeHead(429, { "retry-after": "3600" }).end(),
  "500": (_, response) => response.writeHead(500).end("oops"),
  "half an answer": ({ headers, body }, response) => {
    response.writeHead(200, headers);
    // An answer to HEAD is whole without a body.
    if (body.length === 0) return void response.end();
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  "a wrong content type": ({ body }, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(body);
  },
  "a wrong digest": ({ headers, body }, response) => {
    const other = Buffer.from(body.toString().replace('"schemaVersion"', '"schemaversion"'));
    response.writeHead(200, headers).end(other);
  },
  "a manifest of 50 MB": ({ headers }, response) => {
    const { "content-type": type } = headers;
    response.writeHead(200, { "content-type": type });
    const chunk = Buffer.alloc(1 << 20, " ");
    let left = 50;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(chunk)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  },
} as const satisfies Record<string, Fault>;

export async function startFaultyProxy(upstream: string, fault: Fault): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    calls.push(`${method} ${url}`);
    const pass = http.request(
      `http://${upstream}${url}`,
      { method, headers: { ...headers, host: upstream } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const body = Buffer.concat(chunks);
          const status = answer.statusCode ?? 0;
          if (url.startsWith("/v2/bad/")) fault({ status, headers: answer.headers, body }, response);
          else response.writeHead(status, answer.headers).end(body);
        });
      },
    );
    pass.end();
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    takeCalls: () => calls.splice(0),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
