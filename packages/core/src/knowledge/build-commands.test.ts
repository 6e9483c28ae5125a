import { expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import { buildOf } from "./build-commands.ts";

/** What the commands of a RUN build. */
function kindsIn(script: string) {
  const { ast, facts } = createSourceCode(`FROM debian\nRUN ${script}`);
  const run = ast.instructions.at(-1);
  const commands = (run && facts.script(run)?.commands) ?? [];
  return commands.flatMap((command) => buildOf(command)?.kind ?? []);
}

test.each([
  ["gcc -o app app.c", ["native"]],
  ["cc -c app.c", ["native"]],
  ["gcc --version", []],
  ["gnatmake main.adb", ["native"]],
  ["qmake app.pro", ["native"]],
  ["makepkg -si", ["native"]],
  ["go build -o /app ./...", ["program"]],
  ["go build ./cmd/app", ["program"]],
  ["go build ./...", []],
  ["./gradlew :server:installDist", ["program"]],
  ["./gradlew -x test publishApp", ["program"]],
  ["./gradlew --no-daemon dependencies", []],
  ["gradle resolveAll clean", []],
  ["gradle --version", []],
  ["gem install nokogiri", ["dependencies"]],
  ["gem install bundler:2.4 -v 2.4 --no-document", []],
  ["gem install rake nokogiri", ["dependencies"]],
  ["gem sources --list", []],
  ["bundle", ["dependencies"]],
  ["bundle --jobs=4", ["dependencies"]],
  ["bundle config set without test", []],
  ["poetry update", ["dependencies"]],
  ["easy_install lxml", ["dependencies"]],
  ["easy_install pip", []],
  ["vagrant plugin install vagrant-libvirt", ["dependencies"]],
  ["vagrant up", []],
  ["perl -MCPAN -e 'install JSON::XS'", ["dependencies"]],
  ["perl -e 'print 1'", []],
  ["curl -L https://cpanmin.us | perl - App::cpanminus", []],
  ["curl -L https://cpanmin.us | perl - JSON::XS", ["dependencies"]],
  ["scl enable devtoolset-8 -- make", ["native"]],
  ["scl enable devtoolset-8 'cd /src && make'", ["native"]],
  ["sh ./mvnw package", ["program"]],
])("%s builds %j", (script, kinds) => {
  expect(kindsIn(script)).toEqual(kinds);
});
