import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleServer } from "../../packages/server/src/testing/bundle.ts";

const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;
if (!hasNeovim)
  console.warn("SKIPPED: Neovim is not installed (Debian package `neovim`), so the editor test does not run.");

let server = "";
let folder: string;

beforeAll(async () => {
  if (!hasNeovim) return;
  server = await bundleServer();
  folder = mkdtempSync(join(tmpdir(), "stagewright-neovim-"));
}, 60_000);

afterAll(() => {
  if (!hasNeovim) return;
  rmSync(server, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server as the guide says for old and new versions, waits for diagnostics, and works with them. */
const script = `
local server, dockerfile, result = ...
vim.cmd("edit " .. dockerfile)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "stagewright",
  cmd = { "node", server, "--stdio" },
  root_dir = vim.fn.fnamemodify(dockerfile, ":h"),
})
vim.lsp.buf_attach_client(buffer, client)
assert(vim.wait(15000, function() return #vim.diagnostic.get(buffer) > 0 end, 20), "no diagnostics")

local function request(method, line, character, more)
  local params = vim.tbl_extend("force", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    position = { line = line, character = character },
  }, more or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  local answer = answers and answers[client]
  assert(answer and not answer.error, method)
  return answer.result
end

local out = {}
out.diagnostics = vim.tbl_map(function(d)
  return { line = d.lnum, column = d.col, code = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code), source = d.source }
end, vim.diagnostic.get(buffer))
out.hover = request("textDocument/hover", 3, 12).contents.value
out.definition = request("textDocument/definition", 3, 12)[1].range.start
local encoding = vim.lsp.get_client_by_id(client).offset_encoding
vim.lsp.util.apply_workspace_edit(request("textDocument/rename", 3, 12, { newName = "compile" }), encoding)
local place = { start = { line = 4, character = 8 }, ["end"] = { line = 4, character = 8 } }
local actions = request("textDocument/codeAction", 4, 8, { range = place, context = { diagnostics = {} } })
for _, action in ipairs(actions) do
  if action.title:match("^Ignore .* in this file") then vim.lsp.util.apply_workspace_edit(action.edit, encoding) break end
end
out.lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
local before = #out.diagnostics
assert(vim.wait(10000, function() return #vim.diagnostic.get(buffer) < before end, 20), "no new diagnostics after the edits")
out.after = #vim.diagnostic.get(buffer)
vim.fn.writefile({ vim.fn.json_encode(out) }, result)
vim.cmd("qall!")
`;

test.skipIf(!hasNeovim)(
  "works in Neovim: diagnostics, hover, definition, rename, code action",
  { timeout: 60_000 },
  async () => {
    const dockerfile = join(folder, "Dockerfile");
    const result = join(folder, "result.json");
    const lua = join(folder, "test.lua");
    writeFileSync(
      dockerfile,
      "FROM golang:1.25 AS build\nRUN go build -o /app\nFROM debian:13\nCOPY --from=build /app /app\nWORKDIR srv\n",
    );
    writeFileSync(lua, script);
    const arguments_ = [server, dockerfile, result].map((argument) => JSON.stringify(argument)).join(", ");
    const run = promisify(execFile)(
      "nvim",
      [
        "--headless",
        "-u",
        "NONE",
        "-i",
        "NONE",
        "-n",
        "--cmd",
        "set noswapfile",
        "-c",
        `lua assert(loadfile(${JSON.stringify(lua)}))(${arguments_})`,
        "-c",
        "cquit",
      ],
      {
        timeout: 45_000,
        env: {
          ...process.env,
          XDG_STATE_HOME: folder,
          XDG_DATA_HOME: folder,
          XDG_CONFIG_HOME: folder,
          XDG_CACHE_HOME: folder,
        },
      },
    );
    const { stderr } = await run.catch((error: { stderr?: string; message: string }) => {
      throw new Error(`Neovim failed: ${error.stderr ?? ""} ${error.message}`);
    });
    expect(stderr).not.toMatch(/Error/);
    const seen = JSON.parse(readFileSync(result, "utf8")) as {
      diagnostics: { line: number; column: number; code: string; source: string }[];
      hover: string;
      definition: { line: number; character: number };
      lines: string[];
      after: number;
    };
    expect(seen.diagnostics).toContainEqual({ line: 4, column: 8, code: "absolute-workdir", source: "stagewright" });
    expect(seen.hover).toContain("Stage `build`");
    expect(seen.definition).toEqual({ line: 0, character: 20 });
    expect(seen.lines).toEqual([
      "# stagewright-disable absolute-workdir -- say why",
      "FROM golang:1.25 AS compile",
      "RUN go build -o /app",
      "FROM debian:13",
      "COPY --from=compile /app /app",
      "WORKDIR srv",
    ]);
    expect(seen.after).toBeLessThan(seen.diagnostics.length);
  },
);
