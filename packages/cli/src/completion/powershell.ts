import type { CompletedCommand, CompletedOption, Values } from "./model.ts";

/** A script for PowerShell 5.1 and later. */
export function powershellScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of stagewright for PowerShell: add this to $PROFILE.
Register-ArgumentCompleter -Native -CommandName stagewright -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $commands = @{
${commands.map((command) => commandEntry(command)).join("\n")}
    }
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    $name = ''
    if ($before.Count -gt 1 -and $before[1] -ne '' -and $commands.ContainsKey($before[1])) { $name = $before[1] }
    $command = $commands[$name]
    $prefix = ''
    $word = $wordToComplete
    $option = if ($before.Count -gt 1) { $before[-1] } else { '' }
    if ($wordToComplete -match '^(--[^=]+)=(.*)$') {
        $option = $Matches[1]
        $prefix = "$option="
        $word = $Matches[2]
    } elseif ($command.Joined -contains $option) {
        $option = ''
    }
    $found = if ($command.Values.ContainsKey($option)) {
        $command.Values[$option] | ForEach-Object { @{ Text = $_; Tip = $_ } }
    } elseif ($word.StartsWith('-')) {
        $command.Options.GetEnumerator() | ForEach-Object { @{ Text = $_.Key; Tip = $_.Value } }
    } elseif ($name -eq '' -and $before.Count -le 1) {
        $commands.Keys | Where-Object { $_ -ne '' } | ForEach-Object { @{ Text = $_; Tip = $commands[$_].Tip } }
    } else {
        $command.Operands | ForEach-Object { @{ Text = $_; Tip = $_ } }
    }
    # Without a result PowerShell completes files.
    $found | Where-Object { $_.Text -and $_.Text.StartsWith($word) } | Sort-Object { $_.Text } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($prefix + $_.Text, $_.Text, 'ParameterValue', $_.Tip)
    }
}
`;
}

function commandEntry({ name, describe, options, operands }: CompletedCommand): string {
  const entries = options.map((option) => `                ${quoted(`--${option.name}`)} = ${quoted(option.describe)}`);
  const values = options.flatMap((option) => valueEntries(option));
  const joined = options.filter(({ value }) => value?.isOptional).map((option) => `--${option.name}`);
  return `        ${quoted(name)} = @{
            Tip = ${quoted(describe || "Lint")}
            Options = [ordered]@{
${entries.join("\n")}
            }
            Values = @{
${values.join("\n")}
            }
            Joined = ${list(joined)}
            Operands = ${list(wordsOf(operands))}
        }`;
}

function valueEntries({ name, alias, value }: CompletedOption): string[] {
  if (!value) return [];
  const names = [`--${name}`, ...(alias === null ? [] : [`-${alias}`])];
  return names.map((each) => `                ${quoted(each)} = ${list(wordsOf(value.values))}`);
}

const wordsOf = (values: Values): readonly string[] => (values === null || values === "files" ? [] : values);

const list = (words: readonly string[]): string => `@(${words.map(quoted).join(", ")})`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
