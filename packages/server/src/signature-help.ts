import type { SignatureHelp, SignatureInformation } from "vscode-languageserver";
import { typedAt } from "./context.ts";
import { referenceOf, type InstructionForm, type InstructionReference } from "./reference.ts";
import type { View } from "./view.ts";

/** The forms of the instruction at the cursor, with the parameter that is being typed. */
export function signatureHelp(view: View, offset: number): SignatureHelp | null {
  const typed = typedAt(view, offset);
  const entry = typed && referenceOf(typed.keyword);
  if (!typed || !entry) return null;
  const words = [...typed.words, typed.word];
  const begun = words.findIndex((word) => !word.startsWith("--"));
  if (begun < 0) return flagSignature(entry, typed.word);
  const after = words.slice(begun);
  const json = after[0]?.startsWith("[") ?? false;
  const forms = entry.forms.filter((form) => (form.json ?? false) === json || after.join("") === "");
  const chosen = forms.length > 0 ? forms : entry.forms;
  const position = json ? jsonPosition(after.join(" ")) : after.length - 1;
  const activeSignature = Math.max(
    0,
    chosen.findIndex((form) => fits(form, after)),
  );
  return {
    signatures: chosen.map((form) => signature(entry, form, position)),
    activeSignature,
    activeParameter: active(chosen[activeSignature], position),
  };
}

const jsonPosition = (text: string): number => text.replace(/"(?:\\.|[^"\\])*"/g, '""').split(",").length - 1;

const fits = ({ parameters: [first] }: InstructionForm, [word]: readonly string[]): boolean =>
  !first || !/^[A-Z]+$/.test(first.label) || first.label.startsWith((word ?? "").toUpperCase());

/** A last parameter with `...` takes all words; one before another (`source... destination`) all but the last. */
function active(form: InstructionForm | undefined, position: number): number {
  return Math.min(position, (form?.parameters.length ?? 1) - 1);
}

function signature(
  entry: InstructionReference,
  { parameters, json }: InstructionForm,
  position: number,
): SignatureInformation {
  const inner = parameters.map(({ label }) => label).join(json ? ", " : " ");
  return {
    label: `${entry.name} ${json ? `[${inner}]` : inner}`,
    documentation: { kind: "markdown", value: entry.summary },
    parameters: parameters.map(({ label, summary }) => ({
      label,
      documentation: { kind: "markdown", value: summary },
    })),
    activeParameter: active({ parameters }, position),
  };
}

function flagSignature(entry: InstructionReference, word: string): SignatureHelp | null {
  const name = /^--([\w-]*)=/.exec(word)?.[1];
  const flag = entry.flags.find((candidate) => candidate.name === name);
  if (!flag?.value) return null;
  return {
    signatures: [
      {
        label: `--${flag.name}=${flag.value}`,
        documentation: { kind: "markdown", value: flag.summary },
        parameters: [{ label: flag.value }],
      },
    ],
    activeSignature: 0,
    activeParameter: 0,
  };
}
