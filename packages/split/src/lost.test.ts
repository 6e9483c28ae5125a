import { describe, expect, test } from "vitest";
import { lastStage } from "./last-stage.ts";

const debian = "FROM debian:12-slim";
const tools = "RUN apt-get update && apt-get install -y gcc make git python3 python3-dev python3-pip python3-venv";

describe("leaves behind", () => {
  test("Node and Hugo, where a web server serves what they wrote", () => {
    const node = (start: string) => ["FROM nginx:1.27-alpine", "RUN apk add --no-cache nodejs npm", "WORKDIR /site", "COPY . .", "RUN npm ci && npm run build && cp -r dist/* /usr/share/nginx/html/ && rm -rf /site", start]; // prettier-ignore
    expect(lastStage(node('CMD ["nginx", "-g", "daemon off;"]'))).not.toMatch(/nodejs|npm/);
    expect(lastStage(node('CMD ["node", "server.js"]'))).toBe("5: nothing-stays");
    const hugo = ["FROM nginx:1.27-alpine", "RUN apk add --no-cache hugo", "WORKDIR /site", "COPY . .", "RUN hugo -d /usr/share/nginx/html"]; // prettier-ignore
    const served = lastStage(hugo, { detect: () => false });
    expect(served).toContain("COPY --from=build /usr/share/nginx/html /usr/share/nginx/html\n");
    expect(served).not.toContain("apk");
  });

  test("Mix, of which a release needs nothing but libraries", () => {
    const file = (tag: string) => [`FROM hexpm/elixir:${tag}`, "WORKDIR /app", "ENV MIX_ENV=prod", "COPY . .", "RUN mix deps.get && mix release", 'ENTRYPOINT ["/app/_build/prod/rel/shop/bin/shop"]', 'CMD ["start"]']; // prettier-ignore
    const alpine = lastStage(file("1.17.3-erlang-27.1-alpine-3.20.3"));
    expect(alpine).toContain(
      "FROM alpine:3.20.3\nRUN apk add --no-cache ca-certificates libstdc++ ncurses-libs openssl\n",
    );
    expect(alpine).toContain("COPY --from=build /app/_build/prod/rel/shop /app/_build/prod/rel/shop\n");
    expect(lastStage(file("1.17.3-erlang-27.1-debian-bookworm-20240904-slim"))).toContain(
      "FROM debian:bookworm-20240904-slim\n",
    );
  });
});

describe("keeps", () => {
  test("what stands behind a RUN whose last operator is on a line of its own", () => {
    const last = lastStage([debian, tools, "RUN make -C /src install && \\", "  git clone https://example.org/site /site \\", "  ;", "", "# Start", 'ENTRYPOINT ["/usr/local/bin/app"]']); // prettier-ignore
    expect(last).toMatch(/\/site\n\n# Start\nENTRYPOINT/);
  });

  test("`ldconfig` of the folder that is copied, behind the COPY", () => {
    const last = lastStage([debian, tools, "COPY . /src", "RUN cd /src && ./configure && make install", "RUN ldconfig /usr/local/lib", "RUN cd /src/more && ./configure && make install", 'CMD ["app"]']); // prettier-ignore
    expect(last).toMatch(/COPY --from=build \/usr\/local \/usr\/local\nRUN ldconfig \/usr\/local\/lib\n/);
  });

  test("a folder that is made for its owner alone, before what is copied into it", () => {
    const file = (make: string) => ["FROM node:10", `RUN ${make} && chown -R node /srv/app`, "WORKDIR /srv/app", "COPY package*.json ./", "RUN npm install", "COPY . .", 'CMD ["node", "app.js"]']; // prettier-ignore
    expect(lastStage(file("mkdir -p /srv/app/node_modules"))).toContain("RUN mkdir -p /srv/app/node_modules && chown -R node /srv/app\n"); // prettier-ignore
    const filled = ["FROM debian:9", "COPY conf /tmp/conf", "RUN apt-get update && apt-get install -y gcc python-pip && pip install a && mkdir -p /srv/.a && cp -R /tmp/conf/* /srv/.a && chown -R daemon /srv/.a", 'CMD ["a"]']; // prettier-ignore
    expect(lastStage(filled)).toMatch(/mkdir -p \/srv\/\.a && cp -R|COPY --from=build \/srv\/\.a (?!.*\n.*cp -R)/);
    const pattern = ["FROM node:10", "RUN useradd -m app", "COPY . /home/app/site", "RUN chown -R app /home/app/*", "WORKDIR /home/app/site", "USER app", "RUN npm install", 'CMD ["npm", "start"]']; // prettier-ignore
    expect(lastStage(pattern)).toMatch(/mixed-run/);
    const user = ["FROM debian:9", "RUN adduser blog && chown -R blog /home/blog && apt-get update && apt-get install -y gcc python-pip", "USER blog", "RUN pip install --user tool", 'CMD ["tool"]']; // prettier-ignore
    expect(lastStage(user)).toContain("RUN adduser blog && chown -R blog /home/blog ");
  });

  test("the folder of sources in which tools only happen to run", () => {
    const text = lastStage(["FROM ubuntu:16.04", "RUN apt-get update && apt-get install -y gcc nodejs npm python-setuptools", "ADD /src /src", "WORKDIR /src", "RUN npm install", "RUN easy_install supervisor", 'CMD ["/usr/local/bin/supervisord", "-n"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /src /src\n");
  });

  test("pip of Alpine, which has modules that others need, and packages once whatever their version", () => {
    const file = (tag: string) => lastStage([`FROM alpine:${tag}`, "RUN apk add --no-cache gcc python3 py3-pip", "RUN pip3 install lxml", 'CMD ["a"]']); // prettier-ignore
    expect(file("3.14")).toContain("python3 py3-pip\n");
    expect(file("latest")).toContain("python3 py3-pip\n");
    expect(file("3.18")).toContain("python3 py3-setuptools\n");
    expect(file("3.10")).toContain("python3 py3-setuptools\n");
    expect(lastStage(["FROM debian:9", "RUN apt-get update && apt-get install -y r-base=3.5.0-1 r-base-dev=3.5.0-1 && R -e 'install.packages(1)'", 'CMD ["R", "-f", "/a.R"]'])).toContain("install -y r-base=3.5.0-1\n"); // prettier-ignore
  });

  test("lists of packages that a later RUN installs from", () => {
    const text = lastStage([
      "FROM ubuntu:18.04",
      "RUN dpkg --add-architecture i386 && apt-get update",
      "RUN apt-get install -y gcc make wine32",
      "COPY . /srv",
      "RUN cd /srv && make install",
      'CMD ["wine", "/usr/local/bin/app"]',
    ]);
    expect(text).toContain(
      "RUN dpkg --add-architecture i386 && apt-get update\nRUN apt-get install -y libgomp1 wine32\n",
    );
  });

  test("variables that a command behind the build reads", () => {
    const text = lastStage([
      "FROM debian:12",
      "COPY . /srv",
      "RUN apt-get update && apt-get install -y gcc make db-server && NAME=$(cat /etc/db-server/name) && cd /srv && make install && load-db $NAME",
      'CMD ["app"]',
    ]);
    expect(text).toContain("RUN NAME=$(cat /etc/db-server/name) && cd /srv && load-db $NAME\n");
  });

  test("what pip found of its own parts, and certificates that it brought", () => {
    const packages = (image: string, name: string) =>
      /install -y (.*)/.exec(
        lastStage([
          `FROM ${image}`,
          `RUN apt-get update && apt-get install -y gcc ${name}`,
          "RUN pip install --no-cache-dir psycopg2",
          'CMD ["python", "/app.py"]',
        ]),
      )?.[1];
    expect(packages("debian:8", "python-pip")).toBe(
      "python ca-certificates python-setuptools python-six python-requests python-urllib3 python-html5lib python-colorama python-distlib",
    );
    // Wheel recommends a keyring, which brings modules that pip finds installed.
    expect(packages("ubuntu:18.04", "python3-pip")).toBe("python3 ca-certificates python3-setuptools python3-wheel python3-distutils"); // prettier-ignore
    expect(packages("ubuntu:18.04", "--no-install-recommends python3-pip")).toBe("--no-install-recommends python3 ca-certificates python3-setuptools python3-distutils"); // prettier-ignore
    expect(packages("debian:9", "python-pip python-wheel")).toBe("python ca-certificates python-setuptools python-wheel"); // prettier-ignore
    expect(packages("debian:11", "python3-pip")).toBe("python3 ca-certificates python3-setuptools python3-distutils");
    expect(packages("ubuntu:24.04", "python3-pip")).toBe("python3 ca-certificates python3-setuptools");
  });

  test("Python as a library, and no change of what the build alone has cloned", () => {
    const text = lastStage(["FROM ubuntu:18.04", "RUN apt-get update && apt-get install -y git python-pip libpython2.7-dev gcc", "RUN git clone https://example.org/a /tmp/a", "RUN sed -i -e '/b/d' /tmp/a/list", "RUN pip-2.7 install /tmp/a/", 'CMD ["a"]']); // prettier-ignore
    expect(text).toContain(" libpython2.7\n");
    expect(text).toContain("COPY --from=build /usr/local/lib/python2.7/dist-packages ");
    expect(text).not.toContain("sed");
  });

  test("the library of Python where a server may have Python in it", () => {
    const packages = (name: string) =>
      /install -y (.*)/.exec(
        lastStage([
          "FROM debian:12",
          "RUN apt-get update && apt-get install -y gcc python3-dev",
          `RUN pip3 install ${name}`,
          'CMD ["python3", "/app.py"]',
        ]),
      )?.[1];
    expect(packages("uwsgi")).toBe("python3 libpython3.11 python3-distutils");
    expect(packages("psycopg2")).toBe("python3 python3-distutils");
  });

  test("the library of OpenMP, which a Makefile may ask for", () => {
    const packages = (command: string) =>
      /install -y (.*)/.exec(
        lastStage([
          "FROM debian:12",
          "RUN apt-get update && apt-get install -y --no-install-recommends gcc g++ libpq-dev make",
          "COPY . /app",
          "WORKDIR /app",
          `RUN ${command}`,
          'CMD ["/app/server"]',
        ]),
      )?.[1];
    expect(packages("make")).toBe("--no-install-recommends libgomp1 libpq5");
    expect(packages("gcc -o /app/server main.c")).toBe("--no-install-recommends libpq5");
  });

  test("what pip is told to install elsewhere, and the folder of a script that prepares a build", () => {
    const elsewhere = lastStage([
      debian,
      tools,
      'RUN pip3 install --install-option="--prefix=/var/lib/graphite" carbon',
      'CMD ["/var/lib/graphite/bin/carbon"]',
    ]);
    expect(elsewhere).toContain("COPY --from=build /var/lib/graphite /var/lib/graphite\n");
    const prepared = lastStage([
      debian,
      tools,
      "ADD . /app",
      "RUN cd /app/ext && ./fetch-parts && make",
      "WORKDIR /app",
      'CMD ["./app"]',
    ]);
    expect(prepared).not.toContain("fetch-parts");
  });

  test("removals of packages that the last stage has", () => {
    const text = lastStage([
      "FROM node:20-alpine",
      "WORKDIR /app",
      "COPY . .",
      "RUN apk add --no-cache git g++ make && npm ci && git describe > /etc/version",
      "RUN apk del git g++ make",
      'CMD ["node", "app.js"]',
    ]);
    expect(text).toContain("RUN apk del git\n");
  });

  test("the owner of a folder that a user has built in his own", () => {
    const file = (workdir: string) => ["FROM node:20-slim", `RUN apt-get update && apt-get install -y gcc && useradd app && mkdir ${workdir} && chown app ${workdir}`, `WORKDIR ${workdir}`, "COPY package*.json ./", "USER app", "RUN npm ci", 'CMD ["node", "app.js"]']; // prettier-ignore
    expect(lastStage(file("/home/app"))).toContain("COPY --from=build --chown=app /home/app/node_modules ");
    expect(lastStage(file("/opt/app"))).toContain("COPY --from=build /opt/app/node_modules ");
  });

  test("a user whose home is the folder of the build", () => {
    const text = lastStage([
      "FROM alpine:3.20",
      "RUN adduser -D -H -h /app app",
      "RUN apk add gcc make && git clone https://example.org/app.git /app && cd /app && make",
      "USER app",
      'CMD ["/app/app"]',
    ]);
    expect(text).toContain("RUN adduser -D -H -h /app app\n");
  });

  test("tools that fetch, where a script that is not seen starts the image", () => {
    const file = (start: string) => [debian, tools, "COPY update.sh /opt/", "RUN pip3 install --break-system-packages app", "RUN git clone https://example.org/a.git /tmp/a && cd /tmp/a && ./configure && make install", start]; // prettier-ignore
    expect(lastStage(file('CMD ["/opt/update.sh"]'))).toMatch(/install -y libgomp1 git /);
    expect(lastStage(file('CMD ["python3", "-m", "app"]'))).not.toMatch(/\bgit\b/);
  });

  test("the environment that ENV puts on PATH, and what is installed when it is no longer active", () => {
    const text = lastStage([
      debian,
      tools,
      "ENV HOME_OF=/opt/venv",
      "RUN python3 -m venv $HOME_OF",
      'ENV PATH="$HOME_OF/bin:$PATH"',
      "RUN pip install azure-cli",
      'CMD ["az"]',
    ]);
    expect(text).toContain("COPY --from=build /opt/venv /opt/venv\n");
    expect(text).not.toContain("dist-packages");
    const both = lastStage([
      "FROM python:3.11-slim",
      "RUN apt-get update && apt-get install -y gcc && python -m venv /az && . /az/bin/activate && pip install azure-cli && deactivate && pip install ansible",
      'CMD ["ansible"]',
    ]);
    expect(both).toContain("COPY --from=build /az /az\n");
    expect(both).toContain("site-packages");
  });

  test("environments of conda whose name a file says", () => {
    const text = lastStage([
      "FROM continuumio/miniconda3",
      "RUN apt-get update && apt-get install -y gcc",
      "COPY env.yml /",
      "RUN conda env create -f /env.yml",
      'CMD ["python", "/app.py"]',
    ]);
    expect(text).toContain("COPY --from=build /opt/conda/envs /opt/conda/envs\n");
  });

  test("the interpreter of a language whose headers go", () => {
    const text = lastStage([
      "FROM ubuntu:24.04",
      "RUN apt-get update && apt-get install -y php8.3-dev php-pear make gcc",
      "RUN pecl install redis",
      'CMD ["php", "/app.php"]',
    ]);
    expect(text).toContain("install -y php8.3-cli php-pear\n");
    const r = ["FROM debian:12", "RUN apt-get update && apt-get install -y r-base-dev", "RUN R -e 'install.packages(\"jsonlite\")'", 'CMD ["Rscript", "/app.R"]']; // prettier-ignore
    expect(lastStage(r)).toContain("install -y r-base\n");
  });

  test("what programs of C++ link on Alpine", () => {
    const text = lastStage(["FROM python:3.12-alpine", "RUN apk add g++", "RUN pip install -r /app/requirements.txt", 'CMD ["python", "/app.py"]']); // prettier-ignore
    expect(text).toContain("RUN apk add libstdc++\n");
  });

  test("the full image for packages that may link its libraries", () => {
    const file = (packages: string) => ["FROM python:3.12", "RUN apt-get update && apt-get install -y gcc", `RUN pip install ${packages}`, 'CMD ["python", "/app.py"]']; // prettier-ignore
    expect(lastStage(file("flask requests"))).toContain("FROM python:3.12-slim\n");
    expect(lastStage(file("flask uwsgi"))).toContain("FROM python:3.12\n");
    expect(lastStage(file("-r requirements.txt"))).toContain("FROM python:3.12\n");
  });

  test("nothing of an archive that only what is copied comes from", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y gcc make unzip curl",
      "RUN curl -o /tmp/a.zip https://example.org/a.zip && unzip /tmp/a.zip -d /tmp && mkdir -p /opt/a && mv /tmp/a /opt/a && rm -f /tmp/a.zip",
      "RUN cd /opt/a && make",
      'CMD ["/opt/a/app"]',
    ]);
    expect(text).toContain("COPY --from=build /opt/a /opt/a\n");
    expect(text).not.toContain("zip https");
  });

  test("the folder of a command that lists it", () => {
    const text = lastStage([
      debian,
      tools,
      "RUN pip3 install app && cd /etc/app && ls *.conf | xargs cat",
      'CMD ["python3", "-m", "app"]',
    ]);
    expect(text).toContain("RUN cd /etc/app && ls *.conf | xargs cat\n");
  });

  test("blank lines of an instruction", () => {
    const text = lastStage([debian, tools, "COPY <<EOF /etc/app.conf", "a", "", "", "b", "EOF", "RUN pip3 install app", 'CMD ["app"]']); // prettier-ignore
    expect(text).toContain("a\n\n\nb\nEOF\n");
  });
});

describe("refuses", () => {
  test.each([
    [
      "an image that installs when it starts",
      "4: starts-by-build-tool",
      [debian, tools, "RUN pip3 install app", "CMD npm install && node ."],
    ],
    [
      "an image to work in",
      "4: tool-image",
      [debian, tools, "RUN pip3 install jupyter", 'CMD ["jupyter", "notebook"]'],
    ],
    [
      "a build by a tool that stays",
      "4: other-build",
      [debian, tools, "RUN pip3 install app", "RUN raco pkg install web-server", 'CMD ["app"]'],
    ],
    [
      "a script in a RUN that takes its tools away",
      "2: mixed-run",
      [
        "FROM alpine:3.20",
        "RUN apk add -t .deps gcc musl-dev && sh /tmp/setup.sh && pip install -t /opt/app app && apk del .deps",
        "RUN apk add make",
        'CMD ["python3", "/opt/app/app.py"]',
      ],
    ],
    [
      "a program that runs before its COPY",
      "3: mixed-run",
      [
        debian,
        tools,
        "RUN curl -o /usr/local/bin/tool https://example.org/tool && chmod +x /usr/local/bin/tool && tool version",
        "RUN pip3 install app",
        'CMD ["app"]',
      ],
    ],
    [
      "packages that are built and thrown away",
      "1: no-recipe",
      ["FROM golang:1.22", "WORKDIR /src", "COPY . .", "RUN go build ./...", 'CMD ["/run"]'],
    ],
  ])("%s", (_name, expected, lines) => {
    expect(lastStage(lines)).toBe(expected);
  });

  test("an image that starts nothing and is not reported", () => {
    const lines = [debian, tools, "RUN pip3 install app"];
    expect(lastStage(lines, { detect: () => false })).toBe("1: no-purpose");
    expect(lastStage(lines, { detect: (_source, confidence) => confidence === "low" })).toBe("1: no-purpose");
    const detect = ({ text }: { readonly text: string }) => !text.includes("AS build");
    expect(lastStage(lines, { detect })).toContain("dist-packages");
  });
});
