import { createSourceCode } from "@stagewright/core";
import { expect, test } from "vitest";
import { planSplit } from "./index.ts";
import { jarOfGradle, jarOfMaven } from "./manifests.ts";

const pom = (...own: readonly string[]) => `<project>
  <!-- <finalName>old</finalName> -->
  <parent><artifactId>parent</artifactId><version>3.1</version></parent>
  ${own.join("\n  ")}
  <dependencies><dependency><artifactId>lib</artifactId><version>9</version></dependency></dependencies>
</project>`;

test.each([
  ["its name and version", pom("<artifactId>shop</artifactId>", "<version>1.0</version>"), "shop-1.0.jar"],
  ["the version of its parent", pom("<artifactId>shop</artifactId>"), "shop-3.1.jar"],
  [
    "its final name",
    pom("<artifactId>shop</artifactId>", "<build><finalName>${project.artifactId}-all</finalName></build>"),
    "shop-all.jar",
  ],
  [
    "a property",
    pom(
      "<artifactId>shop</artifactId>",
      "<version>${revision}</version>",
      "<properties><revision>7</revision></properties>",
    ),
    "shop-7.jar",
  ],
  ["nothing that is known", pom("<artifactId>shop</artifactId>", "<version>${revision}</version>"), null],
  ["a war", pom("<artifactId>shop</artifactId>", "<packaging>war</packaging>"), null],
])("a jar of Maven has %s", (_name, text, jar) => {
  expect(jarOfMaven(text)).toBe(jar);
});

test.each([
  ["of the project", "plugins { id 'java' }", "rootProject.name = 'ledger'", "ledger.jar"],
  ["with the version", "version = '1.2'", "rootProject.name = 'ledger'", "ledger-1.2.jar"],
  ["that is said", 'bootJar { archiveFileName = "app.jar" }', "", "app.jar"],
  ["that is not known", "version = readVersion()", "rootProject.name = 'ledger'", null],
  ["of the folder", "version = '1.2'", "", null],
])("a jar of Gradle has the name %s", (_name, build, settings, jar) => {
  expect(jarOfGradle(build, settings)).toBe(jar);
});

test("a pattern stands for the jar that the manifest names, which is then known to be written", () => {
  const text =
    "FROM maven:3.9-eclipse-temurin-21\nWORKDIR /src\nCOPY . .\nRUN mvn -B package\nCMD java -jar target/*.jar\n";
  const files: Readonly<Record<string, string>> = {
    "pom.xml": pom(
      "<artifactId>shop</artifactId>",
      "<version>1.0</version>",
      "<build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build>",
    ),
  };
  const plan = planSplit(createSourceCode(text), {
    read: (path) => files[path] ?? null,
    files: () => Object.keys(files),
  });
  if (plan.status === "refused") throw new Error(plan.reason);
  expect(plan.carries.map(({ path }) => path)).toEqual(["/src/target/shop-1.0.jar"]);
  expect(plan.obligations.find(({ id }) => id === "O2")?.state).toBe("proved");
  expect(planSplit(createSourceCode(text)).status === "refused" || planSplit(createSourceCode(text))).not.toMatchObject(
    { recipe: "jvm" },
  );
});
