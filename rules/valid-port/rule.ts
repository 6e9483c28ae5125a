import type { Expose, Word } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"tooHigh" | "notAPort" | "reversed" | "unknownProtocol">({
  name: "valid-port",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Expose ports that exist",
      why: "EXPOSE takes port numbers up to 65535 and ranges of them, with `tcp`, `udp` or `sctp`; anything else is a typing error, and BuildKit refuses the file.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3011", match: "same" }],
      examples: [
        { bad: "FROM debian:13\nEXPOSE 80000\n", good: "FROM debian:13\nEXPOSE 8000\n" },
        { bad: "FROM debian:13\nEXPOSE 8080/http\n", good: "FROM debian:13\nEXPOSE 8080/tcp\n" },
      ],
    },
    messages: {
      tooHigh: "`{{port}}` is above 65535, the highest port.",
      notAPort: "`{{port}}` is no port; write a number, or a range such as `8000-8010`.",
      reversed: "The range `{{port}}` ends before it starts.",
      unknownProtocol: "`{{protocol}}` is no protocol of EXPOSE; use `tcp`, `udp` or `sctp`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Expose(node) {
        if (!node.problem) for (const word of node.ports) check(word, node);
      },
    };

    function check(word: Word, at: Expose): void {
      const expanded = facts.variables.expand(word, at);
      // One variable may hold several ports.
      for (const text of (expanded ?? word.value).split(/\s+/)) {
        if (text === "") continue;
        const { ports, container, protocol } = partsOf(text);
        const high = ports.split(/[-:]/).find((port) => isNumber(port) && Number(port) > 65535);
        if (high !== undefined) context.report({ node: word, messageId: "tooHigh", data: { port: high } });
        else if (expanded !== null) {
          // hadolint looks at the number alone.
          const report = { node: word, codes: [] };
          const [start = "", end = start] = splitOnce(container, "-");
          if (!["", "tcp", "udp", "sctp"].includes(protocol.toLowerCase())) {
            context.report({ ...report, messageId: "unknownProtocol", data: { protocol } });
          } else if (!isNumber(start) || !isNumber(end)) {
            context.report({ ...report, messageId: "notAPort", data: { port: container === "" ? text : container } });
          } else if (Number(end) < Number(start)) {
            context.report({ ...report, messageId: "reversed", data: { port: container } });
          }
        }
      }
    }
  },
});

/** As BuildKit divides `[[address:]host:]container[/protocol]`; what stands before the container's port is the rule no-host-port's. */
function partsOf(text: string): { readonly ports: string; readonly container: string; readonly protocol: string } {
  const [ports = "", protocol = ""] = splitOnce(text, "/");
  return { ports, container: ports.slice(ports.lastIndexOf(":") + 1), protocol };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const isNumber = (text: string): boolean => /^\+?\d+$/.test(text);
