import { createSourceCode } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { planSplit } from "./index.ts";
import { lastStage } from "./last-stage.ts";

const debian = "FROM debian:12-slim";
const tools = "RUN apt-get update && apt-get install -y gcc make";

describe("keeps", () => {
  test("programs that are installed behind the build, or that it is not seen to use", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add --no-cache gcc musl-dev curl git",
      "RUN pip install ansible",
      "RUN apk add --no-cache openssh-client",
      'CMD ["ansible", "--version"]',
    ]);
    expect(text).toContain("RUN apk add --no-cache curl\n");
    expect(text).toContain("RUN apk add --no-cache openssh-client\n");
  });

  test("what a RUN that builds fetches into the folder of the image", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "WORKDIR /app",
      "RUN apk add gcc musl-dev git && git clone https://example.org/app.git /app && pip install pyyaml",
      'CMD ["python", "run.py"]',
    ]);
    expect(text).toContain("git clone https://example.org/app.git /app\n");
  });

  test("scripts that install what another command has fetched", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y gcc curl python3-pip",
      "RUN pip3 install app",
      "RUN curl -o /tmp/install.sh https://example.org/install.sh && sh /tmp/install.sh",
      'CMD ["app"]',
    ]);
    expect(text).toContain("sh /tmp/install.sh\n");
  });

  test("the sources of programs of Go that read templates beside themselves", () => {
    const file = (name: string) => ["FROM golang:1.22-alpine3.20", "WORKDIR /go/src/app", "COPY . .", `RUN go get github.com/${name}`, "RUN go build -o app", 'CMD ["./app"]']; // prettier-ignore
    expect(lastStage(file("astaxie/beego"))).toContain("COPY . .\n");
    expect(lastStage(file("gin-gonic/gin"))).not.toContain("COPY . .\n");
  });

  test("helpers whose programs the last stage runs", () => {
    const text = lastStage([
      "FROM centos:7",
      "RUN yum install -y gcc make yum-utils patch",
      "RUN yum-config-manager --enable extra",
      "WORKDIR /src",
      "COPY . .",
      "RUN make && cp app /usr/local/bin/app",
      'CMD ["app"]',
    ]);
    expect(text).toMatch(/RUN yum install -y (\S+ )?yum-utils\n/);
  });

  test("programs of a copied folder that run in another one", () => {
    const text = lastStage([
      "FROM ubuntu:24.04",
      "RUN apt-get update && apt-get install -y nodejs npm g++ make",
      "WORKDIR /app",
      "COPY package.json .",
      "RUN npm install",
      "COPY . .",
      "RUN ./node_modules/.bin/fetch-data",
      'CMD ["node", "index.js"]',
    ]);
    expect(text).toMatch(/COPY --from=build \/app\/node_modules .*\n(.*\n)*RUN .\/node_modules\/.bin\/fetch-data\n/);
  });

  test("variables that package managers read, and none of compilers", () => {
    const run =
      "RUN export DEBIAN_FRONTEND=noninteractive CFLAGS=-O2 && apt-get update && apt-get install -y gcc make tzdata && make -C /src install PREFIX=/opt/app";
    expect(lastStage([debian, "COPY . /src", run, 'CMD ["/opt/app/bin/app"]'])).toContain(
      "RUN export DEBIAN_FRONTEND=noninteractive",
    );
    const other = run.replace("DEBIAN_FRONTEND=noninteractive ", "");
    expect(lastStage([debian, "COPY . /src", other, 'CMD ["/opt/app/bin/app"]'])).not.toContain("export");
  });

  test("the folder of a build into which something is put behind it", () => {
    const file = (last: string) => [debian, tools, "RUN apt-get install -y git && git clone https://example.org/miner.git /miner && cd /miner && ./configure && make && make install", "COPY run.sh settings.txt /", last, 'CMD ["/run.sh"]']; // prettier-ignore
    expect(lastStage(file("RUN cp /settings.txt /miner/bin/"))).toContain("COPY --from=build /miner /miner\n");
    expect(lastStage(file("RUN chmod +x /run.sh"))).not.toContain("/miner");
  });

  test("a link that takes the place of what the build has removed", () => {
    const text = lastStage([
      debian,
      tools,
      "COPY . /src",
      "RUN cd /src && ./configure --prefix=/opt/app && make install && rm -rf /etc/app && ln -s /opt/conf /etc/app",
      'CMD ["/opt/app/bin/app"]',
    ]);
    expect(text).toContain("ln -s /opt/conf /etc/app\n");
  });

  test("the settings of Bundler, which say where the gems are", () => {
    const file = (base: string, ruby: string) => [base, `RUN apt-get update && apt-get install -y ${ruby} gcc make libpq-dev`, "WORKDIR /app", "COPY . .", "RUN bundle install --deployment", 'CMD ["bundle", "exec", "puma"]']; // prettier-ignore
    expect(lastStage(file("FROM ruby:3.3-slim-bookworm", ""))).toContain(
      "COPY --from=build /usr/local/bundle /usr/local/bundle\n",
    );
    expect(lastStage(file("FROM debian:12", "ruby"))).toContain("COPY --from=build /app/.bundle /app/.bundle\n");
  });

  test("removals of packages in a RUN that installs none", () => {
    const text = lastStage([
      debian,
      tools,
      "RUN apt-get install -y python3-pip git",
      "RUN pip3 install app",
      "RUN git clone https://example.org/data.git /data && apt-get remove -y git gcc",
      'CMD ["app"]',
    ]);
    expect(text).toContain("RUN git clone https://example.org/data.git /data && apt-get remove -y git\n");
  });
});

describe("leaves behind", () => {
  test("what a variable of the shell lists and the RUN takes away again", () => {
    const file = (purge: string) => [debian, "RUN apt-get update && apt-get install -y make", `RUN deps="gcc libpq-dev" && apt-get install -y $deps python3 python3-pip && pip3 install psycopg2 && ${purge}`, 'CMD ["python3", "/app.py"]']; // prettier-ignore
    const gone = lastStage(file("apt-get purge -y --auto-remove $deps"));
    expect(gone).not.toMatch(/deps|libpq|purge/);
    const staying = lastStage(file("true"));
    expect(staying).toContain("install -y libpq5 python3");
    expect(staying).not.toContain("deps=");
  });

  test("what the RUN takes away itself, and other names of compilers", () => {
    const text = lastStage([
      "FROM alpine:3.20",
      "RUN apk add g++ make curl-dev libcurl tzdata && ln -s /usr/bin/gcc /usr/bin/cc && make -C /src install PREFIX=/opt/app && cp /usr/share/zoneinfo/UTC /etc/localtime && apk del g++ curl-dev tzdata",
      "RUN apk add gcc",
      "COPY . /src",
      'CMD ["/opt/app/bin/app"]',
    ]);
    expect(text).toContain("RUN apk add libcurl tzdata\n");
    expect(text).toContain("RUN cp /usr/share/zoneinfo/UTC /etc/localtime && apk del tzdata\n");
  });

  test("a folder that COPY makes, and a move behind the build", () => {
    const made = lastStage([
      debian,
      tools,
      "COPY . /src",
      "RUN cd /src && make && cp app /usr/bin/ && mkdir /etc/app && cp app.conf /etc/app/ && rm -rf /src",
      'CMD ["app"]',
    ]);
    expect(made).toContain("COPY --from=build /etc/app/app.conf /etc/app/app.conf\n");
    expect(made).not.toContain("mkdir");
    const moved = lastStage([
      "FROM gradle:8-jdk21",
      "WORKDIR /src",
      "COPY . .",
      "RUN gradle assemble",
      "RUN mv build/libs/app.jar /opt/app.jar",
      'CMD ["java", "-jar", "/opt/app.jar"]',
    ]);
    expect(moved).toContain("COPY --from=build /opt/app.jar /opt/app.jar\n");
    expect(moved).not.toContain("mv");
  });

  test("caches of tools, wherever they are taken away", () => {
    const text = lastStage([
      "FROM alpine:3.20",
      "RUN apk add python3 python3-dev py3-pip gcc",
      "RUN pip3 install --upgrade pip",
      "RUN rm -r /root/.cache",
      "RUN pip3 install awscli",
      'CMD ["aws"]',
    ]);
    expect(text).not.toContain("rm -r");
  });

  test("a removal of sources behind the build", () => {
    const text = lastStage([
      "FROM gradle:8-jdk21",
      "COPY . /build",
      "RUN cd /build && gradle assemble",
      "RUN mkdir -p /app && cp /build/build/libs/app.jar /app/app.jar",
      "RUN rm -R /build",
      'CMD ["java", "-jar", "/app/app.jar"]',
    ]);
    expect(text).toContain("COPY --from=build /app/app.jar /app/app.jar\n");
    expect(text).not.toContain("RUN");
  });

  test("looks at a folder that is copied only later", () => {
    const text = lastStage([
      debian,
      tools,
      "RUN apt-get install -y git && git clone https://example.org/app.git /opt/app",
      "WORKDIR /opt/app",
      "RUN test -f Makefile",
      "RUN make",
      'CMD ["/opt/app/app"]',
    ]);
    expect(text).not.toContain("test -f");
  });

  test("a group of packages that a later RUN takes away", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add --no-cache --virtual .deps gcc musl-dev libffi-dev",
      "RUN pip install cffi",
      "RUN apk del .deps",
      'CMD ["python", "/app.py"]',
    ]);
    expect(text).not.toContain("apk");
  });

  test("archives that are named for the folder of the build", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y gcc make wget",
      "RUN wget https://example.org/lua-5.4.7.tar.gz",
      "RUN tar xzf lua-5.4.7.tar.gz",
      "WORKDIR /lua-5.4.7",
      "RUN make && make install",
      'CMD ["lua", "app.lua"]',
    ]);
    expect(text).not.toMatch(/wget|tar/);
  });

  test("an archive that is fetched and removed by RUNs of their own", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y gcc make wget",
      "RUN wget https://example.org/lua-5.4.7.tar.gz",
      "RUN tar xzf lua-5.4.7.tar.gz; rm lua-5.4.7.tar.gz",
      "RUN cd lua-5.4.7; make; make install",
      'CMD ["lua", "app.lua"]',
    ]);
    expect(text).not.toMatch(/wget|tar|rm lua/);
  });

  test("removals of what only the build has fetched, with a pattern", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y gcc make curl",
      "RUN mkdir -p /usr/src/a && curl -o a.tar.xz https://example.org/a && tar -xf a.tar.xz -C /usr/src/a && rm a.tar.xz* && cd /usr/src/a && ./configure && make install",
      'CMD ["a"]',
    ]);
    expect(text).not.toContain("rm a");
  });
});

describe("finds where a build writes", () => {
  test("in the folder that conda is installed into", () => {
    const file = (...lines: readonly string[]) => lastStage([debian, "RUN apt-get update && apt-get install -y gcc curl", "RUN curl -o /tmp/conda.sh https://example.org/Miniconda3.sh && bash /tmp/conda.sh -b -p /home/a/miniconda", ...lines, 'CMD ["python", "/app.py"]']); // prettier-ignore
    expect(file("RUN /home/a/miniconda/bin/conda create -y --name web python=3.12 uwsgi")).toContain(
      "COPY --from=build /home/a/miniconda/envs/web /home/a/miniconda/envs/web\n",
    );
    expect(file("ENV PATH=/home/a/miniconda/envs/web/bin:$PATH", "RUN pip install uwsgi")).toContain(
      "COPY --from=build /home/a/miniconda/envs/web /home/a/miniconda/envs/web\n",
    );
  });

  test("below a folder of its own first, where pip knows what packages the distribution has", () => {
    const plan = (words: string) => {
      const lines = ["FROM alpine:3.20", "RUN apk add gcc musl-dev python3-dev py3-pip py3-cffi", `RUN pip3 install ${words}`, 'CMD ["app"]']; // prettier-ignore
      const result = planSplit(createSourceCode(`${lines.join("\n")}\n`));
      return result.status === "refused" ? result.reason : result.text;
    };
    expect(plan("app")).toContain("RUN pip3 install --root=/out app && pip3 install app\n");
    expect(plan("-U app")).toContain("RUN pip3 install --ignore-installed --root=/out -U app && pip3 install -U app\n");
  });

  test("up to the RUN that puts the last file into the folder", () => {
    const plan = planSplit(createSourceCode([debian, tools, "COPY . /src", "RUN cd /src && ./configure && make && mkdir /game && mv sim /game", "RUN mv /src/first.sve /game/ && rm -rf /src", "WORKDIR /game", 'ENTRYPOINT ["./sim"]', ""].join("\n"))); // prettier-ignore
    expect(plan).toMatchObject({
      text: expect.stringMatching(/first.sve [^]*\nFROM [^]*COPY --from=build \/game/) as string,
    });
  });

  test("in a folder that an interpreter runs, whatever is copied out of it", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y g++ make nodejs npm git supervisor",
      "RUN git clone https://example.org/mine.git /opt/mine",
      "RUN cd /opt/mine && npm install",
      "RUN cp /opt/mine/supervisor.conf /etc/supervisor/conf.d/mine.conf",
      'CMD ["/usr/bin/supervisord", "-n"]',
    ]);
    expect(text).toContain("COPY --from=build /opt/mine /opt/mine\n");
  });

  test("among the files of PostgreSQL, for its extensions", () => {
    const text = lastStage([
      "FROM postgres:16",
      "RUN apt-get update && apt-get install -y gcc make git postgresql-server-dev-16",
      "RUN git clone https://example.org/vector.git /tmp/vector && cd /tmp/vector && make && make install",
      'CMD ["postgres"]',
    ]);
    expect(text).toContain("COPY --from=build /out /\n");
  });

  test("by the version in the name of Python", () => {
    const text = lastStage([
      "FROM ubuntu:18.04",
      "RUN apt-get update && apt-get install -y gcc python3.8 python3.8-dev curl",
      "RUN curl -o /tmp/get-pip.py https://example.org/get-pip.py && python3.8 /tmp/get-pip.py",
      'CMD ["python3.8", "/app.py"]',
    ]);
    expect(text).toContain("/usr/local/lib/python3.8/dist-packages");
  });

  test("by the prefix of the folder that is built, and not of another", () => {
    const text = lastStage([
      debian,
      tools,
      "COPY . /tmp/src",
      "RUN cd /tmp/src/codec && ./configure --prefix=/tmp/codec && make install && cd /tmp/src/app && ./configure && make install",
      'CMD ["app"]',
    ]);
    expect(text).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("by the prefix that ENV or a Makefile of the context names", () => {
    const file = [debian, tools, "WORKDIR /src", "COPY . .", "RUN make install", 'CMD ["/opt/app/bin/app"]'];
    expect(lastStage(file, {}, { Makefile: "PREFIX ?= /opt/app\n" })).toContain(
      "COPY --from=build /opt/app /opt/app\n",
    );
    expect(lastStage(file.with(1, `${tools}\nENV PREFIX=/opt/app`))).toContain("COPY --from=build /opt/app /opt/app\n");
    expect(lastStage(file.with(5, 'CMD ["app"]'))).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("in the file that `install` and `cp` name, whatever comes to lie in its folder", () => {
    const text = lastStage([
      debian,
      tools,
      "COPY app.conf /etc/app",
      "COPY . /src",
      "RUN cd /src && make && install -m 755 -o root app /usr/bin/app && cp sample.conf /etc/app/app.conf && rm -rf /src",
      'CMD ["app"]',
    ]);
    expect(text).toContain(
      "COPY --from=build /usr/bin/app /usr/bin/app\nCOPY --from=build /etc/app/app.conf /etc/app/app.conf\n",
    );
  });

  test("in the folder of a package that pip leaves there", () => {
    const text = lastStage([
      "FROM python:3.12-slim",
      "RUN apt-get update && apt-get install -y gcc git",
      "RUN git clone https://example.org/text.git /opt/text && pip install -e /opt/text[all]",
      'CMD ["python", "/app.py"]',
    ]);
    expect(text).toContain("COPY --from=build /opt/text /opt/text\n");
    expect(text).not.toContain("clone");
  });

  test("below the GOPATH of the RUN", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y golang git",
      "RUN export GOPATH=/tmp/go && go get example.org/agent",
      "ENV PATH /tmp/go/bin:$PATH",
      'CMD ["agent"]',
    ]);
    expect(text).toMatch(/COPY --from=build \/tmp\/go\/bin(\/agent)? /);
  });

  test("in the folder of a script of npm, and in one that ENV names", () => {
    const script = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add nodejs npm g++",
      "COPY . /site",
      "RUN cd /site && npm run clean && npm install && npm run copy:fonts",
      "WORKDIR /site",
      'CMD ["./serve.py"]',
    ]);
    expect(script).toContain("COPY --from=build /site /site\n");
    expect(script).not.toContain("RUN npm");
    const named = (name: string) => lastStage([debian, `${tools} git python3 python3-pip`, `ENV ${name}=/srv/data-set`, "RUN git clone https://example.org/data-set.git /srv/data-set && cd /srv/data-set && pip3 install -r requirements.txt", "COPY run.sh /", 'CMD ["/run.sh"]']); // prettier-ignore
    expect(named("DATA_SET")).toMatch(/(clone|COPY --from=build).* \/srv\/data-set\n/);
  });

  test("modules that the shell of CPAN installs", () => {
    const text = lastStage([
      debian,
      "RUN apt-get update && apt-get install -y make perl",
      "RUN echo ready > /etc/ready && perl -MCPAN -e 'install JSON'",
      'CMD ["perl", "/app.pl"]',
    ]);
    expect(text).toContain("RUN echo ready > /etc/ready\nCOPY --from=build /usr/local /usr/local\n");
  });
});

test("keeps the indentation of a line whose first words go", () => {
  const lines = [debian, "RUN apt-get update && apt-get install -y \\", "    gcc make git vim \\", "    cmake nano", "COPY . /src", "RUN make -C /src install PREFIX=/opt/app", 'CMD ["/opt/app/bin/app"]']; // prettier-ignore
  expect(lastStage(lines)).toMatch(/\n {4}(\S+ )?git vim \\\n {4}nano\n/);
});

test("keeps the indentation of instructions, and ends the build stage where the file ends within an instruction", () => {
  const lines = ["  FROM debian:12-slim", "  RUN apt-get update && apt-get install -y gcc make", "  RUN make -C /src install PREFIX=/opt/app \\", ""]; // prettier-ignore
  const plan = planSplit(createSourceCode(lines.join("\n")));
  expect(plan).toMatchObject({
    text: [
      "FROM debian:12-slim AS build",
      "  RUN apt-get update && apt-get install -y gcc make",
      "  RUN make -C /src install PREFIX=/opt/app",
      "",
      "  FROM debian:12-slim",
      "  RUN apt-get update && apt-get install -y libgomp1",
      "  COPY --from=build /opt/app /opt/app",
      "",
    ].join("\n"),
  });
});

test("keeps what recipes leave in the folder of the sources for commands of the image", () => {
  const text = lastStage([
    "FROM golang:1.22",
    "WORKDIR /app",
    "RUN apt-get update && apt-get install -y unzip wget",
    "RUN wget https://example.org/lib.zip",
    "RUN unzip lib.zip",
    "RUN cp libx.so /usr/lib/",
    "COPY . .",
    "RUN go build -o bot",
    'ENTRYPOINT ["/app/bot"]',
  ]);
  expect(text).toContain("RUN unzip lib.zip\nRUN cp libx.so /usr/lib/\n");
  const script = ["FROM golang:1.22", "WORKDIR /app", "COPY . .", "RUN chmod +x ./entrypoint.sh", "RUN go build main.go", 'ENTRYPOINT ["./entrypoint.sh"]']; // prettier-ignore
  expect(lastStage(script)).toContain("RUN chmod +x ./entrypoint.sh\n");
});

describe("refuses", () => {
  const install = "RUN make -C /src install PREFIX=/opt/app";
  const start = 'CMD ["/opt/app/bin/app"]';
  test.each([
    ["a script that builds, by its name", "5: other-build", [debian, tools, "COPY . /src", install, "RUN /src/scripts/build.sh --all", start]], // prettier-ignore
    ["a script of the context that installs", "5: other-build", [debian, tools, "COPY . /src", install, "RUN cd /src && ./install.sh", start]], // prettier-ignore
    ["what a variable stands for that installs", "5: other-build", [debian, tools, "COPY . /src", install, "RUN PIP=$(which pip) && $PIP install uwsgi", start]], // prettier-ignore
    ["a tool that runs what a file tells it to", "5: other-build", [debian, tools, "COPY . /src", install, "RUN snakemake all", start]], // prettier-ignore
    ["packages that are found out for a build", "2: other-build", [debian, `${tools} && apt-get build-dep -y nginx`, "COPY . /src", install, start]], // prettier-ignore
    ["a script that tests", "5: starts-by-build-tool", [debian, tools, "COPY . /src", install, "ENTRYPOINT /src/test/ci.sh"]], // prettier-ignore
    ["a shell that reads what it is given", "5: starts-a-shell", [debian, tools, "COPY . /src", install, 'ENTRYPOINT ["/bin/bash", "-l", "-c"]']], // prettier-ignore
    ["a compiler that is installed beside all others", "5: other-build", [debian, `${tools} curl`, "COPY . /src", install, "RUN curl https://sh.rustup.rs -sSf | sh -s -- -y", start]], // prettier-ignore
    ["a build whose folder is gone, with its result elsewhere", "5: unknown-output", ["FROM node:20", "WORKDIR /srv", "COPY . .", "COPY web /web", "RUN cd /web && npm run build && rm -rf /web", 'CMD ["node", "server.js"]']], // prettier-ignore
    ["a script that builds when it starts", "5: starts-by-build-tool", [debian, tools, "COPY . /src", install, 'CMD ["/root/build_script.sh"]']], // prettier-ignore
    ["an image to log in to", "5: tool-image", [debian, tools, "COPY . /src", install, 'CMD ["/usr/sbin/sshd", "-D"]']], // prettier-ignore
    ["tools of authors in an image that starts nothing", "4: no-purpose", [debian, `${tools} gdb`, "COPY . /src", install]], // prettier-ignore
    ["a script that may build the sources that come along", "5: unseen-script", ["FROM openjdk:8-jdk", "WORKDIR /src", "COPY . .", "RUN ./gradlew build", 'ENTRYPOINT ["/entrypoint.sh"]']], // prettier-ignore
    ["a script that prepares the image each time it is started", "5: starts-by-build-tool", [debian, tools, "COPY . /src", install, "CMD ./scripts/bootstrap && /opt/app/bin/app"]], // prettier-ignore
    ["a task of Mix", "5: starts-by-build-tool", [debian, tools, "COPY . /src", install, "CMD epmd -daemon && elixir --no-halt -S mix"]], // prettier-ignore
    ["a worker that builds", "5: tool-image", ["FROM buildbot/buildbot-worker", tools, "COPY . /src", install, start]], // prettier-ignore
    ["a program of Go that is built each time it is started", "4: starts-by-build-tool", ["FROM golang:1.22", "RUN go install example.org/app@v1", "WORKDIR /src", "CMD go run *.go"]], // prettier-ignore
    ["removals of what may not be there", "3: mixed-run", [debian, tools, "RUN cd /srv && make -C /src install PREFIX=/opt/app && rm *.log", start]], // prettier-ignore
  ])("%s", (_name, expected, lines) => {
    expect(lastStage(lines)).toBe(expected);
  });
});
