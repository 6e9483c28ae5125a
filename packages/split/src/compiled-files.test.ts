import { describe, expect, test } from "vitest";
import { createSourceCode } from "@stagewright/core";
import { planSplit } from "./index.ts";
import { lastStage } from "./last-stage.ts";

const debian = "FROM debian:12-slim";
const tools = "RUN apt-get update && apt-get install -y gcc make cmake";
const start = 'CMD ["app"]';

describe("keeps", () => {
  test("lines for the files of the home, wherever the build stands", () => {
    const text = lastStage([debian, tools, "COPY . /srv/app", "RUN cd /srv/app && make install && echo '. app.sh' >> ~/.bashrc", start]); // prettier-ignore
    expect(text).toContain("RUN echo '. app.sh' >> ~/.bashrc\n");
  });

  test("no change of the folder that leads back to where the RUN starts", () => {
    const text = lastStage([debian, tools, "WORKDIR /srv", "COPY . ./app", "RUN cd app && make install && cd .. && cp -r /etc/skel ./skel", start]); // prettier-ignore
    expect(text).toContain("RUN cp -r /etc/skel ./skel\n");
    const there = lastStage([debian, tools, "WORKDIR /srv", "COPY . ./app", "RUN make -C app install && cd /etc && cp skel skel2 && cd /srv && cp -r /etc/skel ./skel", start]); // prettier-ignore
    expect(there).toContain("RUN cd /etc && cp skel skel2 && cd /srv && cp -r /etc/skel ./skel\n");
  });

  test("what is fetched into a folder before that is copied from the build stage", () => {
    const text = lastStage([debian, `${tools} curl`, "WORKDIR /app", "COPY . .", "RUN curl -sSL https://example.org/tool.tar.gz -o tool.tar.gz && tar -xzf tool.tar.gz && mv ./tool/* /opt/tools", "RUN make", 'CMD ["/app/app"]']); // prettier-ignore
    expect(text).toContain("RUN curl -sSL https://example.org/tool.tar.gz -o tool.tar.gz && tar -xzf tool.tar.gz && mv ./tool/* /opt/tools\nCOPY --from=build /app /app\n"); // prettier-ignore
  });

  test("the fetch of what a RUN unpacks behind its first build", () => {
    const text = lastStage([debian, `${tools} curl`, "COPY . /src", "RUN make -C /src install && curl -o /tmp/site.tgz https://example.org/site.tgz && mkdir -p /site && tar xzf /tmp/site.tgz -C /site && rm -f /tmp/site.tgz", start]); // prettier-ignore
    expect(text).toContain("curl -o /tmp/site.tgz https://example.org/site.tgz && mkdir -p /site && tar xzf /tmp/site.tgz -C /site"); // prettier-ignore
  });

  test("package files that a RUN fetches where it runs", () => {
    const text = lastStage(["FROM alpine:3.20", "RUN wget -q --output-document=/etc/apk/keys/a.rsa.pub https://example.org/a.rsa.pub && wget https://example.org/a.apk && apk add a.apk && apk add g++ make php-dev && pecl install x", 'CMD ["php", "/app.php"]']); // prettier-ignore
    expect(text).toContain("RUN wget -q --output-document=/etc/apk/keys/a.rsa.pub https://example.org/a.rsa.pub && wget https://example.org/a.apk && apk add a.apk"); // prettier-ignore
  });

  test("programs of Go, on the PATH of the last stage", () => {
    const file = (last: string) => ["FROM golang:1.22-alpine3.20", "RUN apk add --no-cache openssh-client git && go get -u example.org/assh", last]; // prettier-ignore
    expect(lastStage(file('ENTRYPOINT ["/usr/bin/ssh"]'))).toContain("COPY --from=build /go/bin /usr/local/bin\n");
    expect(lastStage(file("CMD /usr/bin/ssh -o ProxyCommand=/go/bin/assh"))).toContain("COPY --from=build /go/bin /go/bin\n"); // prettier-ignore
  });

  test("the folder that `tee` writes in", () => {
    const text = lastStage([debian, tools, "COPY . /src", "RUN cd /src && ./configure && make install && cd /etc && echo a | tee app.conf", start]); // prettier-ignore
    expect(text).toContain("RUN cd /etc && echo a | tee app.conf\n");
  });

  test("a package file that comes with the build", () => {
    const text = lastStage(["FROM golang:1.22", "ADD https://example.org/pdf.deb /tmp/", "RUN dpkg -i /tmp/pdf.deb && go install example.org/app@latest && rm /tmp/pdf.deb", 'CMD ["/go/bin/app"]']); // prettier-ignore
    expect(text).toContain("ADD https://example.org/pdf.deb /tmp/\nRUN dpkg -i /tmp/pdf.deb");
  });

  test("the repository that a program of Go runs in", () => {
    const text = lastStage(["FROM golang:1.22", "WORKDIR /go/src/app", "RUN git clone https://example.org/app.git . && go get example.org/app", 'CMD ["app"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /go/src/app /go/src/app\n");
  });

  test("no command that only sets a variable which nothing reads", () => {
    const text = lastStage([debian, `${tools} git`, "RUN git clone https://example.org/app.git /app && cd /app && export SRC=`pwd` && make", 'CMD ["/app/app"]']); // prettier-ignore
    expect(text).toContain("\nCOPY --from=build /app /app\nCMD");
  });

  test("what was unpacked with the build, where programs are looked for", () => {
    const text = lastStage([debian, `${tools} curl`, "RUN curl -O https://example.org/app-1.0.tgz && tar xzf app-1.0.tgz && cd /app-1.0/backend && ./configure && make", "ENV PATH $PATH:/app-1.0/frontend", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /app-1.0 /app-1.0\n");
    const tree = lastStage([debian, `${tools} curl`, "WORKDIR /opt/tool", "COPY . .", "RUN ./configure --prefix=/opt/bin && make install", "ENV PATH /opt/tool:$PATH", start]); // prettier-ignore
    expect(tree).toContain("COPY --from=build /opt/tool /opt/tool\n");
  });

  test("settings that say where the rest is, and that rest", () => {
    const text = lastStage([debian, tools, "COPY . /opt/tool", "RUN cd /opt/tool && make && cp env.sh /etc/profile.d/tool.sh", 'CMD ["sh", "/start.sh"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/tool /opt/tool\n");
  });

  test("the sources of a server of Go that is started among them", () => {
    const file = (expose: string) => ["FROM golang:1.22", "WORKDIR /go/src/chat", "COPY . .", "RUN go build -o chat .", expose, 'CMD ["./chat"]']; // prettier-ignore
    expect(lastStage(file("EXPOSE 80"))).toContain("COPY . .\n");
    expect(lastStage(file("ENV A=1"))).not.toContain("COPY . .\n");
  });

  test("the owner of what is moved out of a build", () => {
    const text = lastStage([debian, tools, "RUN useradd zap && mkdir /zap && chown zap /zap", "USER zap", "WORKDIR /home/zap", "RUN git clone https://example.org/a /tmp/a && cd /tmp/a && ./configure && make && cp -R /tmp/a/dist/* /zap/", 'CMD ["/zap/zap.sh"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build --chown=zap /zap /zap\n");
  });

  test("no condition about what only the build fetches", () => {
    const text = lastStage([debian, `${tools} wget gnupg`, "RUN wget https://example.org/a.tgz && out=$(gpg --verify a.tgz.asc) && if echo $out | grep -q GOOD; then echo good; else exit 100; fi && tar xzf a.tgz && cd a && ./configure && make install", start]); // prettier-ignore
    expect(text).toContain("\nCOPY --from=build /usr/local /usr/local\nCMD");
  });

  test("keys that a program makes among temporary files", () => {
    const text = lastStage([debian, tools, "WORKDIR /tmp", "RUN openssl req -nodes -keyout a.key -out a.csr && cp a.key /etc/ssl/private/a.key", "RUN git clone https://example.org/a && cd a && ./configure && make install", start]); // prettier-ignore
    expect(text).toContain("RUN openssl req -nodes -keyout a.key -out a.csr && cp a.key /etc/ssl/private/a.key\nCOPY --from=build /usr/local /usr/local\n"); // prettier-ignore
  });

  test("what a user builds at home", () => {
    const text = lastStage([debian, tools, "RUN useradd -m app", "USER app", "RUN cd $HOME && git clone https://example.org/a && cd a && make", 'CMD ["/home/app/a/a"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build --chown=app /home/app/a /home/app/a\n");
  });

  test("the mode of a folder that comes from the build in the same RUN", () => {
    const text = lastStage([debian, `${tools} wget`, "RUN cd /opt && wget https://example.org/app-1.tgz && tar xf app-1.tgz && chmod 755 app-1 && cd app-1 && make", "ENV PATH /opt/app-1:$PATH", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/app-1 /opt/app-1\nRUN cd /opt && chmod 755 app-1\n");
  });

  test("keys of repositories", () => {
    const text = lastStage([debian, tools, "WORKDIR /app", "RUN apt-key adv --keyserver keys.example.org --recv-keys 12", "COPY . .", "RUN make", 'CMD ["./app"]']); // prettier-ignore
    expect(text).toContain("RUN apt-key adv");
  });

  test("files that go where a variable of the base says", () => {
    const text = lastStage(["FROM example/s2i", tools, "WORKDIR /src", "COPY . .", "RUN make install && cp bin/run $SCRIPTS", "CMD $SCRIPTS/run"]); // prettier-ignore
    expect(text).toContain("COPY . .\nCOPY --from=build /usr/local /usr/local\nRUN cp bin/run $SCRIPTS\n");
  });

  test("programs that a line of the start runs on a condition", () => {
    const text = lastStage([debian, `${tools} wget`, "RUN wget https://example.org/app.tgz && tar xzf app.tgz && cd app && ./configure && make install && cd .. && rm -rf app", "CMD if [ ! -e a ]; then wget https://example.org/a; fi && app"]); // prettier-ignore
    expect(text).toContain("install -y libgomp1 wget\n");
  });

  test("tools that no build of the file runs", () => {
    const text = lastStage(["FROM alpine:3.20", "RUN apk add --no-cache sbt ruby ruby-dev gcc", "RUN gem install deploy", 'ENTRYPOINT ["deploy"]']); // prettier-ignore
    expect(text).toContain("RUN apk add --no-cache sbt ruby\n");
  });

  test("folders among caches that no package manager has", () => {
    const text = lastStage([debian, tools, "COPY . /src", "RUN make -C /src install && mkdir -p /var/cache/server", start]); // prettier-ignore
    expect(text).toContain("RUN mkdir -p /var/cache/server\n");
  });

  test("a folder that a file elsewhere names", () => {
    const text = lastStage([debian, `${tools} git`, "RUN git clone https://example.org/maps /opt/maps", "RUN cd /opt/maps && make && make install", "RUN echo 'WSGIScriptAlias /maps /opt/maps/maps.wsgi' >> /etc/apache2/apache2.conf", 'ENTRYPOINT ["/usr/local/bin/maps"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/maps /opt/maps\n");
  });

  test("the JRE of openjdk for releases that Temurin has not", () => {
    const jre = (tag: string) => /^FROM (.*)/.exec(lastStage([`FROM maven:3-jdk-${tag}`, "COPY . /src", "RUN cd /src && mvn package && cp target/app.jar /app.jar", "CMD java -jar /app.jar"]))?.[1]; // prettier-ignore
    expect([jre("7"), jre("8"), jre("10"), jre("11")]).toEqual(["openjdk:7-jre", "eclipse-temurin:8-jre", "openjdk:10-jre", "eclipse-temurin:11-jre"]); // prettier-ignore
    expect(jre("13")).toBeUndefined();
  });

  test("the cache of libraries for those that are copied", () => {
    const text = lastStage([debian, tools, "COPY . /src", "RUN cd /src && make install && ldconfig && apt-get install -y nginx && app --version", start]); // prettier-ignore
    expect(text).toMatch(
      /COPY \. \/src\n(RUN.*\n)*COPY --from=build \/usr\/local \/usr\/local\nRUN cd \/src && ldconfig && app --version/,
    );
  });

  test("the folder that `npm link` runs in", () => {
    const text = lastStage(["FROM node:20", "COPY package.json /app/", "RUN cd /app && npm install && npm link", "RUN apt-get update && apt-get install -y make gcc && make -C /src install PREFIX=/usr/local", 'CMD ["app"]']); // prettier-ignore
    expect(text).toContain("RUN cd /app && npm link\n");
  });

  test("run-times of .NET in place of its SDK", () => {
    const text = lastStage(["FROM ubuntu:22.04", "RUN apt-get update && apt-get install -y curl dotnet-sdk-6.0", "COPY . /srv/app", "RUN cd /srv/app && dotnet build -c Release", 'CMD ["dotnet", "/srv/app/bin/Release/net6.0/app.dll"]']); // prettier-ignore
    expect(text).toContain("apt-get install -y curl aspnetcore-runtime-6.0\n");
  });
});

describe("takes", () => {
  const base = [debian, tools, "WORKDIR /usr/src/app/build", "COPY . /usr/src/app"];

  test("files beside the folder that CMake builds in", () => {
    const text = lastStage([...base, "RUN cmake .. && make && cp app /usr/local/bin/ && cp ../app.conf /etc/app.conf", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /usr/local/bin/app /usr/local/bin/app\n");
    expect(text).toContain("COPY --from=build /etc/app.conf /etc/app.conf\n");
  });

  test("the folder of the sources where the program is started from there", () => {
    const text = lastStage([debian, tools, "ADD app.tgz /sim", "RUN cd /sim/Build && cmake .. && make", 'ENTRYPOINT ["/sim/Bin/sim"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /sim /sim\n");
  });

  test("a prefix that a variable has among more words", () => {
    const text = lastStage([debian, tools, 'ARG FLAGS="--prefix=/services --disable-nls"', "COPY . /src", "RUN cd /src && ./configure ${FLAGS} && make install", 'CMD ["/services/bin/services"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /services /services\n");
  });

  test("what protoc writes into a folder that stays", () => {
    const text = lastStage(["FROM python:3.12", "RUN apt-get update && apt-get install -y git protobuf-compiler gcc", "RUN git clone https://example.org/models /models", "RUN cd /models/research && protoc protos/*.proto --python_out=.", "RUN pip install numpy", 'CMD ["python", "/models/research/api.py"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /models /models\n");
  });

  test("a file by the folder that `cd -` comes back to", () => {
    const text = lastStage([debian, tools, "COPY . /src", "WORKDIR /usr/src", "RUN cd /src && make && cd - && cp /src/app /usr/local/bin/app", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /usr/local/bin/app /usr/local/bin/app\n");
  });

  test("commands of Go that are fetched beside the program", () => {
    const text = lastStage(["FROM golang:1.22-bookworm", "WORKDIR /src", "COPY . .", "RUN go install . && go install example.org/tools/cmd/ctl@v1", 'ENTRYPOINT ["src"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /go/bin/ctl /usr/local/bin/ctl\n");
  });

  test("a folder that the RUN makes for what it moves there", () => {
    const text = lastStage([...base, "RUN cmake .. && make && mkdir /app && cp app /app/ && cp ../app.conf /app/my.conf", 'CMD ["/app/app"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /app /app\n");
  });

  test("what more goals of `make` put in its place behind `make install`", () => {
    const text = lastStage([debian, tools, "WORKDIR /usr/src/app", "COPY . .", "RUN ./configure --prefix=/usr && make && make install", "RUN make samples", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /out /\n");
    const build = [debian, tools, "WORKDIR /usr/src/app", "COPY . .", "RUN ./configure && make install", "RUN make check", start]; // prettier-ignore
    expect(lastStage(build)).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("modules of Perl from the prefix that they are given", () => {
    const text = lastStage([debian, tools, "COPY . /src", "RUN cd /src && perl Makefile.PL PREFIX=/opt/lib && make && make install", 'CMD ["perl", "/app.pl"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/lib /opt/lib\n");
  });

  test("a PHP with a prefix of its own and what is built for it", () => {
    const text = lastStage([debian, tools, "ADD php.tgz redis.tgz /src/", "RUN cd /src/php && ./configure --prefix=/usr/local/php && make install && cd /src/redis && /usr/local/php/bin/phpize && ./configure --with-php-config=/usr/local/php/bin/php-config && make install", 'CMD ["/usr/local/php/sbin/php-fpm"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /usr/local/php /usr/local/php\n");
    expect(text).not.toContain("/usr/lib/php");
  });

  test("what goes below a folder of packages by DESTDIR, below the same one", () => {
    const plan = planSplit(createSourceCode([debian, tools, "COPY . /src", "RUN cd /src && make DESTDIR=/usr install", start].join("\n"))); // prettier-ignore
    expect(plan).toMatchObject({ text: expect.stringContaining("make DESTDIR=/usr install && make DESTDIR=/usr install DESTDIR=/out/usr\n") as string }); // prettier-ignore
  });

  test.each([
    ["that are modules of Apache", [debian, `${tools} apache2-dev`, "COPY . /src", "RUN cd /src && cmake . && make install", start]], // prettier-ignore
    ["that a goal names", [debian, tools, "COPY . /src", "RUN cd /src && make install-init", start]], // prettier-ignore
    ["that `configure` is told", [debian, tools, "COPY . /src", "RUN cd /src && ./configure --with-spath=/usr/bin/chat && make install", 'CMD ["/usr/bin/chat"]']], // prettier-ignore
    ["that a variable of `configure` names", [debian, tools, "COPY . /src", "RUN cd /src && ./configure MODDIR=/usr/lib/server/modules && make install", start]], // prettier-ignore
    ["that bear the name of the project", [debian, tools, "WORKDIR /repeater-1.4", "COPY . .", "RUN make install", "RUN sed -i s/sh/bash/ /etc/init.d/repeater", 'CMD ["repeater"]']], // prettier-ignore
    ["where the program is started from", ["FROM alpine:3.20", "RUN apk add --no-cache make git", "RUN git clone https://example.org/vault /src && make -C /src install", 'ENTRYPOINT ["/usr/bin/vault"]']], // prettier-ignore
  ])("all that `make install` writes, for files elsewhere %s", (_name, lines) => {
    expect(lastStage(lines)).toContain("COPY --from=build /out /\n");
  });

  test("each program that Go puts where it is found by name", () => {
    const text = lastStage(["FROM golang:1.22-bookworm", "WORKDIR /src", "COPY . .", "RUN go build -o /usr/local/bin/migrate ./cmd/migrate && go build -o /usr/local/bin/app .", start]); // prettier-ignore
    expect(text).toContain("COPY --from=build /usr/local/bin/app /usr/local/bin/app\n");
    expect(text).toContain("COPY --from=build /usr/local/bin/migrate /usr/local/bin/migrate\n");
  });

  test("programs that a Makefile below a GOPATH installs", () => {
    const text = lastStage(["FROM debian:12", `${tools} golang git`, "ENV GOPATH=/srv/go", "RUN git clone https://example.org/scan /srv/go/src/example.org/team/scan", "WORKDIR /srv/go/src/example.org/team/scan", "RUN make install", 'CMD ["/srv/go/bin/scan"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /srv/go/bin /srv/go/bin\n");
  });

  test("packages of Lua, and settings that are patched behind the build", () => {
    const text = lastStage([debian, `${tools} luarocks patch`, "COPY chat.patch /tmp/", "COPY . /src", "RUN luarocks install luasec && cd /src && ./configure --prefix=/ && make install && patch -p1 /etc/chat/chat.cfg < /tmp/chat.patch", 'CMD ["chat"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /usr/local /usr/local\n");
    expect(text).toContain("patch -p1 /etc/chat/chat.cfg < /tmp/chat.patch\n");
  });

  test("a prefix of CMake that is a word of its own", () => {
    const text = lastStage([debian, tools, "COPY . /src", "RUN cd /src && cmake -D CMAKE_INSTALL_PREFIX=/opt/app . && make install", 'CMD ["/opt/app/bin/app"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/app /opt/app\n");
  });

  test("programs of Rust from the folder that CARGO_HOME names", () => {
    const text = lastStage([debian, "RUN apt-get update && apt-get install -y cargo", "ENV CARGO_HOME=/opt/cargo", "RUN cargo install tool", 'CMD ["/opt/cargo/bin/tool"]']); // prettier-ignore
    expect(text).toContain("COPY --from=build /opt/cargo/bin /opt/cargo/bin\n");
  });
});

describe("leaves behind", () => {
  test("removals of packages that the last stage has not", () => {
    const text = lastStage(["FROM centos:7", "RUN yum install -y gcc make openssl", "COPY . /src", "RUN cd /src && make install", "RUN rpm -e --nodeps make gcc && useradd app", start]); // prettier-ignore
    expect(text).not.toContain("rpm");
    expect(text).toContain("RUN useradd app\n");
  });

  test("signatures and questions about packages that only the build has", () => {
    const text = lastStage(["FROM centos:7", 'RUN TOOLS="gcc make" && yum install -y $TOOLS --setopt tsflags=nodocs && rpm -V $TOOLS && yum clean all', "RUN curl -O https://example.org/app.tgz && gpg --verify app.tgz.asc && tar -xzf app.tgz && cd app && ./configure && make install && cd .. && rm -rf app", start]); // prettier-ignore
    expect(text).not.toMatch(/rpm|gpg/);
  });

  test("the check of an archive that only the build unpacks", () => {
    const text = lastStage([debian, `${tools} curl`, "RUN curl -SLO https://example.org/app-1.0.tgz && cat app-1.0.tgz.sha256 | sha256sum -c - && tar -xzf app-1.0.tgz", "RUN cd app-1.0 && ./configure && make install", start]); // prettier-ignore
    expect(text).not.toContain("sha256sum");
  });

  test("variables that nothing of the last stage reads, with the tools that tell their values", () => {
    const text = lastStage([debian, tools, "COPY . /src", 'RUN ARCH="$(dpkg-architecture -qDEB_BUILD_GNU_TYPE)" && cd /src && ./configure --build="$ARCH" && make install && useradd app', start]); // prettier-ignore
    expect(text).toContain("RUN useradd app\n");
  });

  test("gems that are packed only to be installed", () => {
    const text = lastStage(["FROM ruby:3.3-alpine", "RUN apk add --no-cache build-base", "WORKDIR /usr/src/tool", "COPY . .", "RUN gem build tool.gemspec && gem install tool-1.0.gem", 'CMD ["tool"]']); // prettier-ignore
    expect(text).not.toContain("gem build");
  });
});

test("of several programs of Go, that which no other command brings is started", () => {
  const fetch = "RUN curl -so /usr/bin/secrets https://example.org/secrets";
  const text = lastStage(["FROM golang:1.22-alpine", "WORKDIR /go/src/app", "COPY . .", "RUN go install ./...", fetch, 'ENTRYPOINT ["secrets", "exec", "/go/bin/app"]']); // prettier-ignore
  expect(text).toMatch(/^COPY --from=build (\/go\/bin(?:\/app)?) \1$/m);
  expect(text).not.toContain("/go/bin/secrets");
});

test("templates that are copied beside the sources of Go stay", () => {
  const text = lastStage(["FROM golang:1.22", "COPY main.go /go/", "COPY tmpl/index.html /go/tmpl/", "RUN go build -o app main.go", 'CMD ["/go/app"]']); // prettier-ignore
  expect(text).toContain("COPY tmpl/index.html /go/tmpl/\n");
  expect(text).not.toContain("main.go");
});

describe("refuses", () => {
  const make = "RUN cd /src && make install";
  test.each([
    ["a script in the build that installs", "5: mixed-run", [debian, tools, "WORKDIR /usr/src/app", "COPY . .", "RUN sh /usr/src/app/scripts/install_prereq", "RUN ./configure && make install", start]], // prettier-ignore
    ["files of `setup.py` elsewhere", "4: unknown-output", [debian, `${tools} python3`, "ADD https://example.org/monitor-1.0.tar.gz /", "RUN cd /monitor-1.0 && python3 setup.py install", "RUN chown -R daemon /etc/monitor", start]], // prettier-ignore
    ["Rust that is installed beside all others", "4: other-build", [debian, `${tools} curl`, "ADD https://static.rust-lang.org/rustup-init /usr/local/bin/rustup-init", "RUN rustup-init -y", "COPY . /src", make, start]], // prettier-ignore
    ["a folder that the build takes away from what is copied", "4: reads-sources", [debian, tools, "COPY . /usr/local/src/app", "RUN cd /usr/local/src/app && make install && (app --version && git rev-parse HEAD) > /etc/version && rm -rf /usr/local/src/app", start]], // prettier-ignore
    ["a folder of the build that a later part moves into", "5: reads-sources", [debian, `${tools} curl`, "ENV DIR=/opt/app", "COPY start.sh /", "RUN mkdir -p /work && curl -o a.tgz https://example.org/a.tgz && tar xzf a.tgz -C /work && cd /work && ./configure --prefix=/opt/app && make install && $DIR/bin/app --check | wc -l && cd / && rm -r /work a.tgz", "RUN curl -o b.tgz https://example.org/b.tgz && tar xzf b.tgz", 'CMD ["/opt/app/bin/app"]']], // prettier-ignore
    ["a script that builds, of which nothing is copied", "4: mixed-run", ["FROM golang:1.22", "WORKDIR /go/bin", "COPY . /src", "RUN cd /src && go get -d . && ./compile.sh", "RUN go install example.org/app@latest", 'CMD ["/go/bin/app"]']], // prettier-ignore
    ["a clone into a folder that has something by then", "4: mixed-run", [debian, `${tools} git`, "RUN git clone https://example.org/a /a && cd /a && ./configure --prefix=/opt/site/app && make install", "RUN git clone https://example.org/site /opt/site", start]], // prettier-ignore
    ["packages of Python that a goal installs", "4: unknown-output", ["FROM ubuntu:22.04", "RUN apt-get update && apt-get install -y make python-pip", "COPY . /app", "RUN cd /app && make debian-dev", 'CMD ["/app/mp"]']], // prettier-ignore
    ["data of a database", "4: mixed-run", [debian, tools, "COPY . /src", "RUN cd /src && ./configure && make install && mysql < /src/data.sql", start]], // prettier-ignore
    ["packages that a part installs with what builds", "2: mixed-run", [debian, "RUN ( apt-get update && apt-get install -y gcc make libcurl4-openssl-dev && cd /src && ./configure && make install )", start]], // prettier-ignore
    ["a tool that compiles languages", "4: other-build", [debian, tools, "RUN git clone https://example.org/a /a && cd /a/ruby-install-0.9 && make install", "RUN ruby-install ruby 3", start]], // prettier-ignore
    ["what moves in the last stage, and is changed behind it", "4: mixed-run", ["FROM golang:1.22-alpine3.20", "RUN go get example.org/app", "ADD entry.txt /", "RUN chmod -R g+w /go/bin", 'CMD ["app"]']], // prettier-ignore
    ["a program of the build that installs", "5: other-build", [debian, tools, "WORKDIR /src/annotator", "RUN ./configure && make install", "RUN annotator install", 'CMD ["annotator"]']], // prettier-ignore
    ["an interpreter that is given nothing", "4: starts-a-shell", [debian, tools, "RUN pip install numpy", 'CMD ["python3"]']], // prettier-ignore
    ["a shell whose words CMD does not add to", "5: starts-a-shell", [debian, tools, "COPY . /src", make, 'ENTRYPOINT /bin/bash\nCMD ["--port"]']], // prettier-ignore
    ["libraries in an image that starts what its base does", "4: no-purpose", ["FROM phusion/baseimage:jammy-1.0.1", tools, "COPY . /src/googletest", "RUN cd /src/googletest && make install", 'CMD ["/sbin/my_init"]']], // prettier-ignore
    ["a repository that is fetched for the build", "2: lost-path", ["FROM golang:1.11", "RUN go get -d example.org/app", "WORKDIR /go/src/example.org/app", "RUN git checkout v2", "RUN go get && go build -o app", "RUN cd part && go test", 'CMD ["./app"]']], // prettier-ignore
    ["packages that a Makefile installs", "4: mixed-run", [debian, tools, "COPY . /src", "RUN apt-get update && make -C /src install && apt-get clean", start]], // prettier-ignore
    ["packages for the release of a base that is not known", "2: unknown-release", ["FROM golang:1.20", "RUN curl -sL https://deb.nodesource.com/setup_18.x | bash -", "COPY . /src", "RUN cd /src && npm ci && go build -o /app .", 'CMD ["/app"]']], // prettier-ignore
    ["a script of Python that builds", "5: starts-by-build-tool", [debian, tools, "COPY . /src", make, 'CMD ["python3", "/build_firmware.py"]']], // prettier-ignore
    ["a shell in an exec form that is none", "5: starts-a-shell", [debian, tools, "COPY . /src", make, "CMD ['/bin/bash']"]], // prettier-ignore
    ["variables of compilers in an image that starts nothing", "5: no-purpose", [debian, tools, "ENV PKG_CONFIG_PATH=/usr/local/lib/pkgconfig", "COPY . /src", make]], // prettier-ignore
    ["sources that nothing builds in an image that starts nothing", "2: no-purpose", ["FROM golang:1.22", "RUN go install example.org/lib/...@v1", "ADD . /srv/work/app"]], // prettier-ignore
    ["a package that a RUN fetches as a file behind its build", "2: mixed-run", ["FROM alpine:3.20", "RUN apk add gcc make && wget -O /tmp/a.tgz https://example.org/a.tgz && tar xf /tmp/a.tgz -C /tmp && cd /tmp/a && ./configure && make install && wget -P /tmp https://example.org/glibc.apk && apk add /tmp/glibc.apk && rm -rf /tmp/*", start]], // prettier-ignore
    ["what goes among the files of packages", "4: unknown-output", [debian, `${tools} python3`, "COPY . /src", "RUN cd /src && python3 setup.py install --prefix=/usr", start]], // prettier-ignore
    ["a launcher that is given nothing", "5: starts-a-shell", [debian, tools, "COPY . /src", make, 'ENTRYPOINT ["fixuid"]']], // prettier-ignore
    ["a tool that CMD hands to a shell", "5: starts-by-build-tool", [debian, tools, "COPY . /src", make, 'ENTRYPOINT ["/bin/bash", "-c"]\nCMD ["make"]']], // prettier-ignore
    ["a script that may use the compiler that is built", "5: unseen-script", [debian, tools, "COPY . /src", "RUN cd /src/esp-open-sdk && make install && cd /src/app && make install", 'CMD ["/run.pl"]']], // prettier-ignore
    ["a wrapper that runs before the COPY that brings it", "4: mixed-run", [debian, `${tools} wget`, "COPY . /src", "RUN wget -O /usr/local/bin/gosu https://example.org/gosu && gosu nobody true", make, start]], // prettier-ignore
    ["a tool that is started with its words in one", "5: starts-by-build-tool", [debian, tools, "COPY . /src", make, 'CMD ["make test"]']], // prettier-ignore
    ["a builder of Go", "4: fails-o10", ["FROM golang:1.22", "WORKDIR /src", "RUN go get example.org/gb/...", 'CMD ["gb", "build"]']], // prettier-ignore
    ["a folder for sources in an image that starts nothing", "4: no-purpose", [debian, tools, "COPY . /src", make, "WORKDIR /project"]], // prettier-ignore
    ["a compiler in an image that starts nothing", "4: no-purpose", [debian, tools, "COPY . /src/gnucobol-3.1", "RUN cd /src/gnucobol-3.1 && make install"]], // prettier-ignore
    ["libraries in an image that starts nothing", "4: no-purpose", [debian, tools, "COPY . /src/googletest", "RUN cd /src/googletest && make install"]], // prettier-ignore
    ["a package that is made of what the build installs", "4: other-build", [debian, tools, "COPY . /src", "RUN cd /src && ./configure --prefix=/usr && make && checkinstall --default", start]], // prettier-ignore
    ["what BuildKit refuses when it builds", "5: syntax", [debian, tools, "COPY . /src", make, `STOPSIGNAL SIGNONE\n${start}`]], // prettier-ignore
    ["a repository of Maven in an image that starts nothing", "4: no-purpose", ["FROM maven:3-jdk-8", "WORKDIR /app", "COPY . .", "RUN mvn install"]], // prettier-ignore
  ])("%s", (_name, expected, lines) => {
    expect(lastStage(lines)).toBe(expected);
  });

  test("neither programs that are built with libraries, nor a folder that is filled", () => {
    const both = [debian, tools, "COPY . /src", "RUN cd /src/libpng && make install && cd ../viewer && make install"];
    expect(lastStage(both)).toContain("COPY --from=build /usr/local /usr/local\n");
    expect(lastStage([debian, tools, "COPY . /src", make, "COPY data /srv/work/data", "WORKDIR /srv/work"])).toContain("WORKDIR /srv/work\n"); // prettier-ignore
  });
});
