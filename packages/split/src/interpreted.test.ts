import { createSourceCode } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { planSplit } from "./index.ts";
import { lastStage } from "./last-stage.ts";

const ubuntu = "FROM ubuntu:18.04";

describe("takes along", () => {
  test("the folder that `yarn global` keeps its packages in", () => {
    const file = (flags: string) => [
      "FROM node:22-alpine",
      "RUN apk add --no-cache g++ make",
      `RUN yarn global add ${flags}sqlite3-cli`,
      'CMD ["sqlite3-cli"]',
    ];
    expect(lastStage(file(""))).toContain("COPY --from=build /usr/local/share/.config/yarn/global /usr/local/share/.config/yarn/global\n"); // prettier-ignore
    expect(lastStage(file("--global-folder /usr/local/share "))).toContain("COPY --from=build /usr/local/share/node_modules /usr/local/share/node_modules\n"); // prettier-ignore
  });

  test("packages below a prefix that npm was told, and gems of a user", () => {
    const text = lastStage([
      "FROM node:22-slim",
      "RUN apt-get update && apt-get install -y g++ ruby ruby-dev && useradd -m app",
      "USER app",
      "RUN npm config set prefix ~/npm && npm install -g sqlite3 && gem install --user-install nokogiri",
      'CMD ["/start.sh"]',
    ]);
    expect(text).toContain("COPY --from=build --chown=app /home/app/npm/bin /home/app/npm/bin\n");
    expect(text).toContain("COPY --from=build --chown=app /home/app/.gem /home/app/.gem\n");
  });

  test("packages of Node where a prefix says that they go", () => {
    const file = (env: string, flags: string) => [
      "FROM node:22-slim",
      "RUN apt-get update && apt-get install -y g++",
      env,
      `RUN npm install ${flags} sqlite3`,
      'CMD ["sqlite3"]',
    ];
    expect(lastStage(file("ENV NPM_CONFIG_PREFIX=/opt/npm", "-g"))).toContain("COPY --from=build /opt/npm/bin /opt/npm/bin\n"); // prettier-ignore
    expect(lastStage(file("ENV A=b", "--prefix /opt/app"))).toContain("COPY --from=build /opt/app /opt/app\n"); // prettier-ignore
  });

  test("the whole folder where a script of package.json may write among the sources", () => {
    const file = ["FROM node:22-slim", "RUN apt-get update && apt-get install -y g++", "WORKDIR /app", "COPY . .", "RUN npm install", 'CMD ["node", "server.js"]']; // prettier-ignore
    expect(lastStage(file)).toContain("COPY --from=build /app /app\n");
    expect(lastStage(file, {}, { "package.json": '{ "scripts": { "postinstall": "bower install" } }' })).toContain("COPY --from=build /app /app\n"); // prettier-ignore
    expect(lastStage(file, {}, { "package.json": "{}" })).toContain("COPY --from=build /app/node_modules /app/node_modules\n"); // prettier-ignore
  });

  test("the folder of the Python that `pip` belongs to", () => {
    const file = (packages: string, pip: string) => [
      ubuntu,
      `RUN apt-get update && apt-get install -y gcc ${packages}`,
      `RUN ${pip} install lxml`,
      'CMD ["python3", "/app.py"]',
    ];
    expect(lastStage(file("python3-pip", "pip"))).toContain(
      "COPY --from=build /usr/local/lib/python3.6/dist-packages ",
    );
    expect(lastStage(file("python-pip python3-pip", "pip"))).toContain("COPY --from=build /usr/local /usr/local\n");
    expect(lastStage(file("python npm python3-pip", "pip3 install -U pip && pip"))).toContain("COPY --from=build /usr/local/lib/python3.6/dist-packages "); // prettier-ignore
    expect(lastStage(file("python3-pip && ln -s /usr/bin/python3 /usr/bin/python", "pip"))).toContain("COPY --from=build /usr/local /usr/local\n"); // prettier-ignore
    expect(lastStage(file("python3 curl && curl -O https://e.org/get-pip.py && python3 get-pip.py", "pip"))).toContain("COPY --from=build /usr/local/lib/python3.6/dist-packages "); // prettier-ignore
    expect(lastStage(file("python3.8 python3-pip", "pip3"))).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("the environment that pipenv makes, and the folder of a repository that is editable", () => {
    const file = (run: string, env = "A=b") => ["FROM python:3.8", "WORKDIR /app", `ENV ${env}`, "COPY Pipfile* ./", `RUN ${run}`, "COPY . .", 'CMD ["pipenv", "run", "app"]']; // prettier-ignore
    expect(lastStage(file("pip install pipenv && pipenv install --deploy"))).toContain("COPY --from=build /root/.local/share/virtualenvs /root/.local/share/virtualenvs\n"); // prettier-ignore
    expect(lastStage(file("pipenv install", "PIPENV_VENV_IN_PROJECT=1"))).toContain("COPY --from=build /app/.venv /app/.venv\n"); // prettier-ignore
    expect(lastStage([ubuntu, "WORKDIR /app", "RUN apt-get update && apt-get install -y gcc git python3-pip", "RUN pip3 install -e git+https://example.org/a.git#egg=a", 'CMD ["a"]'])).toContain("COPY --from=build /app/src /app/src\n"); // prettier-ignore
  });

  test("what the pip of Debian installs for a user", () => {
    const text = lastStage([
      ubuntu,
      "RUN apt-get update && apt-get install -y gcc python-pip && useradd -m app",
      "USER app",
      "RUN pip install lxml",
      'CMD ["python", "/app.py"]',
    ]);
    expect(text).toContain("COPY --from=build --chown=app /home/app/.local /home/app/.local\n");
  });

  test("setuptools, which programs of packages ask", () => {
    const file = ["FROM centos:7", "RUN yum install -y gcc python-pip", "RUN pip install httpbin", 'CMD ["httpbin"]'];
    expect(lastStage(file)).toContain("RUN yum install -y python python-setuptools\n");
  });

  test("gems where variables of the image say", () => {
    const file = (name: string) => ["FROM ruby:3.3-slim", "RUN apt-get update && apt-get install -y gcc make", `ENV ${name}=/app/vendor/bundle`, "WORKDIR /app", "COPY Gemfile .", "RUN bundle install", 'CMD ["rails", "server"]']; // prettier-ignore
    expect(lastStage(file("BUNDLE_PATH"))).toContain("COPY --from=build /app/vendor/bundle /app/vendor/bundle\n");
    expect(lastStage(file("GEM_HOME"))).toContain("COPY --from=build /app/vendor/bundle /app/vendor/bundle\n");
  });

  test("the folder in which a package is installed by its name", () => {
    const file = ["FROM debian:12", "RUN apt-get update && apt-get install -y g++ nodejs npm", "WORKDIR /opt/broker", "RUN npm install iobroker", 'CMD ["node", "/opt/broker/run.js"]']; // prettier-ignore
    expect(lastStage(file)).toContain("COPY --from=build /opt/broker /opt/broker\n");
  });

  test("libraries of R that lie in the folder of a project", () => {
    const file = ["FROM r-base:4.4.1", "RUN apt-get update && apt-get install -y libxml2-dev", "WORKDIR /app", "COPY . .", `RUN Rscript -e 'packrat::restore()'`, 'CMD ["Rscript", "app.R"]']; // prettier-ignore
    expect(lastStage(file)).toContain("COPY --from=build /app /app\n");
  });

  test("shared files of what setup.py installs", () => {
    const file = ["FROM python:3.12-slim", "RUN apt-get update && apt-get install -y gcc", "COPY . /src", "RUN cd /src && python setup.py install", 'CMD ["probe"]']; // prettier-ignore
    expect(lastStage(file)).toContain("COPY --from=build /usr/local/share /usr/local/share\n");
  });

  test("packages of R and of Python in the folders of the one that the image has", () => {
    const r = ["FROM continuumio/anaconda3", "RUN apt-get update && apt-get install -y gcc", `RUN R -e 'install.packages("survey")'`, 'CMD ["survey"]']; // prettier-ignore
    expect(lastStage(r)).toContain("COPY --from=build /opt/conda/lib/R/library /opt/conda/lib/R/library\n");
    const python = (program: string) => ["FROM example/python", "RUN apk add libffi-dev gcc", "RUN pip3 install cffi", `CMD ["${program}", "/app.py"]`]; // prettier-ignore
    expect(lastStage(python("/usr/bin/python3"))).toContain("COPY --from=build /out /\n");
    expect(lastStage(python("python3"))).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("extensions of a PHP that the file compiles", () => {
    const file = ["FROM debian:12", "RUN apt-get update && apt-get install -y gcc make", "RUN curl https://example.org/php.tar.gz | tar xz && cd php && ./configure && make install", "RUN pecl install redis", 'CMD ["php", "/app.php"]']; // prettier-ignore
    const text = lastStage(file);
    expect(text).toContain("COPY --from=build /usr/local /usr/local\n");
    expect(text).not.toContain("/usr/lib/php");
  });

  test("packages of PEAR, which a channel may have", () => {
    const file = (name: string) => [ubuntu, "RUN apt-get update && apt-get install -y php-cli php-pear php-dev", `RUN pecl install ${name}`, 'CMD ["php", "/app.php"]']; // prettier-ignore
    expect(lastStage(file("swift/swift"))).toContain("COPY --from=build /usr/share/php /usr/share/php\n");
    expect(lastStage(file("redis"))).not.toContain("/usr/share/php ");
  });

  test("the lock file that `bundle update` changes", () => {
    const file = (action: string) => ["FROM ruby:3.3-slim", "RUN apt-get update && apt-get install -y gcc make", "WORKDIR /site", "COPY Gemfile* ./", `RUN bundle ${action}`, 'CMD ["bundle", "exec", "jekyll", "serve"]']; // prettier-ignore
    expect(lastStage(file("update json"))).toContain("COPY --from=build /site/Gemfile.lock /site/Gemfile.lock\n");
    expect(lastStage(file("install"))).not.toContain("/site/Gemfile.lock");
  });

  test("what is moved into a folder that is copied, though it lies in one of the system", () => {
    const text = lastStage([
      "FROM node:22",
      "WORKDIR /usr/local/backend",
      "COPY backend/package.json .",
      "RUN npm install",
      "COPY backend/ .",
      "RUN npm run build",
      "WORKDIR /usr/local/client",
      "COPY client/package.json .",
      "RUN npm install",
      "COPY client/ .",
      "RUN npm run build",
      "RUN mv /usr/local/client/build /usr/local/backend/build/client",
      "WORKDIR /usr/local/backend",
      'CMD ["node", "build/server.js"]',
    ]);
    expect(text).toContain("COPY --from=build /usr/local/backend /usr/local/backend\nWORKDIR /usr/local/backend\n");
  });

  test("the site that a generator makes", () => {
    const text = lastStage([
      "FROM debian:12",
      "RUN apt-get update && apt-get install -y git golang make hugo nodejs npm",
      "RUN git clone https://example.org/app.git /src && cd /src && ./configure && make install",
      "RUN hugo new site /site",
      'CMD ["app", "/site"]',
    ]);
    expect(text).toContain("COPY --from=build /site /site\n");
  });

  test("the folder of Graphite, which its packages install into", () => {
    const file = [ubuntu, "RUN apt-get update && apt-get install -y gcc python-dev python-pip", "RUN pip install whisper carbon==0.9.15", 'CMD ["/opt/graphite/bin/carbon-cache.py", "start"]']; // prettier-ignore
    expect(lastStage(file)).toContain("COPY --from=build /opt/graphite /opt/graphite\n");
    const plain = file.map((line) =>
      line.replace("pip install w", "READTHEDOCS=1 pip install w").replace("/opt/graphite/bin/", ""),
    );
    expect(lastStage(plain)).toContain("COPY --from=build /usr/local /usr/local\n");
  });

  test("what a variable names that a command writes into", () => {
    const text = lastStage([
      "FROM debian:12-slim",
      "ENV HOME_OF_APP=/opt/app",
      "RUN apt-get update && apt-get install -y gcc make",
      "WORKDIR /src",
      "COPY . .",
      "RUN ./configure --prefix=$HOME_OF_APP && make install",
      "RUN echo level=1 >> $HOME_OF_APP/app.conf",
      'CMD ["/opt/app/bin/app"]',
    ]);
    expect(text).toContain("RUN echo level=1 >> $HOME_OF_APP/app.conf\n");
  });
});

describe("keeps", () => {
  test("files of the context that are installed as packages", () => {
    const text = lastStage([
      "FROM centos:7",
      "COPY client.rpm /tmp/client.rpm",
      "RUN yum install -y /tmp/client.rpm gcc python3 python3-devel",
      "RUN pip3 install cx_Oracle",
      'CMD ["python3", "/app.py"]',
    ]);
    expect(text).toContain("COPY client.rpm /tmp/client.rpm\n");
  });

  test("helpers of compilers that pip does not start", () => {
    const file = (build: string) => ["FROM debian:12", "RUN apt-get update && apt-get install -y gcc make patch python3-pip", "WORKDIR /src", "COPY . .", `RUN ${build}pip3 install lxml`, 'CMD ["python3", "/app.py"]']; // prettier-ignore
    expect(lastStage(file(""))).toMatch(/apt-get install -y .*patch/);
    expect(lastStage(file("make install && "))).not.toContain("patch");
  });

  test("archives of build tools that no build of the file runs", () => {
    const file = (build: string) => [
      "FROM debian:12",
      "RUN apt-get update && apt-get install -y gcc python3-pip curl default-jdk",
      "RUN curl https://example.org/gradle-8.5-bin.tar.gz | tar -xz -C /opt",
      "WORKDIR /src",
      "COPY . .",
      `RUN ${build}pip3 install lxml`,
      'CMD ["python3", "/app.py"]',
    ];
    expect(lastStage(file(""))).toContain("gradle-8.5");
    expect(lastStage(file("/opt/gradle-8.5/bin/gradle build && "))).not.toContain("gradle-8.5");
    const script = file("").map((line) => (line.startsWith("CMD") ? 'CMD ["/entrypoint.sh"]' : line));
    expect(lastStage(script)).toMatch(/tool-image/);
  });

  test("clones that no build uses, and archives that a kept part unpacks behind the build", () => {
    const file = (...rest: string[]) => [ubuntu, "RUN apt-get update && apt-get install -y git curl gcc python3-pip", ...rest, 'CMD ["/start.sh"]']; // prettier-ignore
    expect(lastStage(file("WORKDIR /src", "RUN git clone https://example.org/a2sv.git && pip3 install lxml"))).toContain("RUN git clone https://example.org/a2sv.git\n"); // prettier-ignore
    expect(lastStage(file("RUN pip3 install lxml && curl -o /tmp/a.tgz https://example.org/a.tgz && mkdir /a && tar xf /tmp/a.tgz -C /a && cd /b && python3 setup.py install"))).toContain("curl -o /tmp/a.tgz https://example.org/a.tgz && mkdir /a && tar xf /tmp/a.tgz -C /a\n"); // prettier-ignore
  });

  test("changes of what a RUN moves into place behind the COPY that brings it", () => {
    const text = lastStage([
      "FROM alpine:3.20",
      "RUN apk add --no-cache gcc musl-dev python3-dev py3-pip && adduser -D app",
      "WORKDIR /tmp/app",
      "COPY . .",
      "RUN pip3 install .",
      "RUN mkdir /etc/app && cp docker/entrypoint.py /usr/local/bin/entrypoint.py && chmod a+x /usr/local/bin/entrypoint.py",
      'ENTRYPOINT ["/usr/local/bin/entrypoint.py"]',
    ]);
    expect(text).toContain(
      "RUN mkdir /etc/app\nCOPY --from=build /usr/local/bin/entrypoint.py /usr/local/bin/entrypoint.py\nRUN chmod a+x /usr/local/bin/entrypoint.py\n",
    );
  });

  test("folders that a kept part unpacks into", () => {
    const text = lastStage([
      "FROM php:7.2-fpm-stretch",
      "RUN apt-get update && apt-get install -y libbz2-dev",
      "RUN mkdir -p /usr/src/php/ext",
      "RUN curl -o m.tgz https://example.org/m.tgz && tar -xf m.tgz -C /usr/src/php/ext/ && rm m.tgz",
      "RUN cd /usr/src/php/ext && docker-php-ext-install bz2",
    ]);
    expect(text).toContain("RUN mkdir -p /usr/src/php/ext\nRUN curl");
  });

  test("programs of the health check that a small image does not have", () => {
    const text = lastStage([
      "FROM node:22",
      "WORKDIR /app",
      "COPY package.json .",
      "RUN npm install",
      "COPY . .",
      "RUN npm run build",
      "HEALTHCHECK CMD curl --fail http://localhost/ || exit 1",
      'CMD ["npm", "start"]',
    ]);
    expect(text).toMatch(
      /FROM node:22-slim\nRUN apt-get update && apt-get install -y --no-install-recommends (\S+ )*curl/,
    );
  });

  test("`make` where nothing can compile", () => {
    const file = (tools: string) => ["FROM debian:12-slim", `RUN apt-get update && apt-get install -y --no-install-recommends ${tools} libpq-dev nodejs npm`, "WORKDIR /app", "COPY package.json .", "RUN npm install", "COPY init.sh /", 'CMD ["/init.sh"]']; // prettier-ignore
    expect(lastStage(file("make"))).toContain("make");
    expect(lastStage(file("make gcc"))).not.toContain("make");
  });

  test("compilers where nothing is compiled", () => {
    const file = (name: string) => ["FROM python:3.12-slim", "RUN apt-get update && apt-get install -y build-essential libpq-dev", `RUN pip install ${name}`, 'CMD ["run"]']; // prettier-ignore
    expect(lastStage(file("awscli"))).toContain("build-essential libpq5");
    expect(lastStage(file("lxml"))).not.toContain("build-essential");
  });

  test("the JDK of a build system that is for others", () => {
    const file = (name: string) => [ubuntu, `RUN apt-get update && apt-get install -y gcc ${name} openjdk-8-jdk python3-pip`, "RUN pip3 install lxml", 'CMD ["app"]']; // prettier-ignore
    expect(lastStage(file("maven"))).toContain("maven openjdk-8-jdk");
    // Nothing of the file builds for it, so that it is the program's.
    expect(lastStage(file(""))).toContain("openjdk-8-jdk");
  });

  test("folders of programs below `/var/cache`", () => {
    const text = lastStage([
      "FROM debian:12",
      "RUN apt-get update && apt-get install -y nginx gcc python3-pip && pip3 install uwsgi && rm -rf /var/cache/* && mkdir /var/cache/nginx",
      'CMD ["nginx"]',
    ]);
    expect(text).toContain("mkdir /var/cache/nginx\n");
  });

  test("the sources of a program beside the list of what it needs", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add --no-cache gcc musl-dev && wget https://example.org/main.zip && unzip main.zip && pip install -r app-main/requirements.txt",
      'CMD ["python", "/app-main/app.py"]',
    ]);
    expect(text).toContain("RUN wget https://example.org/main.zip && unzip main.zip\n");
  });

  test("packages that a group says are for the run-time", () => {
    const file = (group: string) => ["FROM python:3.12-alpine", `RUN apk add --no-cache --virtual ${group} make`, "RUN apk add --no-cache gcc musl-dev", "RUN pip install ansible", 'CMD ["ansible"]']; // prettier-ignore
    expect(lastStage(file(".run-deps"))).toContain("RUN apk add --no-cache --virtual .run-deps make\n");
    expect(lastStage(file(".tools"))).not.toContain("make");
  });

  test("build systems that no build of the file runs", () => {
    const file = (build: string) => [ubuntu, "RUN apt-get update && apt-get install -y maven gcc python3-pip", `RUN ${build}pip3 install lxml`, 'CMD ["python3", "/app.py"]']; // prettier-ignore
    expect(lastStage(file("mvn -f /src package && "))).not.toContain("maven");
    expect(lastStage(file(""))).toContain("maven");
  });

  test("tools that are installed when all is built", () => {
    const text = lastStage([
      "FROM alpine:3.20",
      "RUN apk add --no-cache gcc musl-dev python3-dev py3-pip",
      "RUN pip3 install --break-system-packages lxml",
      "RUN apk add --no-cache make libxml2-dev",
      'CMD ["python3", "/app.py"]',
    ]);
    expect(text).toContain("RUN apk add --no-cache make libxml2\n");
  });

  test("programs that come with the compilers of Debian", () => {
    const text = lastStage([
      "FROM python:3.12-slim-bookworm",
      "RUN apt-get update && apt-get install -y build-essential curl",
      "WORKDIR /app",
      "RUN curl -O https://example.org/model.dat.bz2 && bzip2 -d model.dat.bz2",
      "COPY requirements.txt .",
      "RUN pip install -r requirements.txt",
      'CMD ["python", "app.py"]',
    ]);
    expect(text).toContain("apt-get install -y bzip2 curl\n");
  });

  test("the JDK that JAVA_HOME names", () => {
    const file = (home: string, build: string) => ["FROM centos:7", `ENV JAVA_HOME=${home}`, "RUN yum install -y gcc make java-1.8.0-openjdk-devel", "WORKDIR /srv", "COPY . .", `RUN ${build} && make install`, 'CMD ["app"]']; // prettier-ignore
    expect(lastStage(file("/usr/lib/jvm/java", "./configure"))).toContain("java-1.8.0-openjdk-devel");
    expect(lastStage(file("/usr/lib/jvm/jre", "./configure"))).toMatch(/java-1.8.0-openjdk\n/);
  });
});

describe("says that nothing is known of what is started", () => {
  test("by an image that waits, not by one that prompts", () => {
    const text = (start: string) => {
      const plan = planSplit(createSourceCode(`${ubuntu}\nRUN apt-get update && apt-get install -y gcc python3-pip\nRUN pip3 install lxml\n${start}\n`)); // prettier-ignore
      return plan.status === "refused" ? plan.code : plan.assumptions.join(" ");
    };
    expect(text('CMD ["sleep", "infinity"]')).toContain("it says itself nothing of what is started");
    expect(text("CMD tail -f /dev/null")).toContain("it says itself nothing of what is started");
    expect(text('CMD ["python3"]')).toBe("starts-a-shell");
    expect(text('CMD ["python3", "app.py"]')).not.toContain("it says itself nothing of what is started");
  });
});

describe("leaves out", () => {
  test("headers that a later command takes away with their library", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add --no-cache gcc musl-dev openssl-dev",
      "RUN pip install cryptography",
      "RUN apk del openssl-dev",
      "RUN apk add --no-cache libressl",
      'CMD ["python", "/app.py"]',
    ]);
    expect(text).not.toMatch(/apk add --no-cache .*openssl/);
  });

  test("tests with packages that the RUN takes away again", () => {
    const file = ["FROM python:3.12-slim", "WORKDIR /app", "COPY . .", "RUN apt-get update && apt-get install -y gcc && pip install -r dev.txt && pytest tests && pip uninstall -y -r dev.txt", 'CMD ["python", "app.py"]']; // prettier-ignore
    expect(lastStage(file)).not.toMatch(/pytest|uninstall/);
  });

  test("the sources of a release of Elixir, and what fetches its packages", () => {
    const text = lastStage([
      "FROM hexpm/elixir:1.15.7-erlang-26.1.2-alpine-3.18.4",
      "RUN apk add --no-cache git build-base",
      "WORKDIR /app",
      "COPY mix.exs mix.lock ./",
      "RUN mix deps.get --only prod",
      "COPY . .",
      "RUN mix release",
      'CMD ["/app/_build/prod/rel/hello/bin/hello", "start"]',
    ]);
    expect(text).not.toMatch(/git|COPY \. |mix/);
    expect(text).toContain("COPY --from=build /app/_build/prod/rel/hello /app/_build/prod/rel/hello\n");
  });

  test("tests that need devDependencies, and another name for a pip that is gone", () => {
    const tests = ["FROM node:22", "WORKDIR /app", "COPY package*.json ./", "RUN npm ci", "COPY . .", "RUN npm test", "RUN npm run build", 'CMD ["node", "dist/main.js"]']; // prettier-ignore
    expect(lastStage(tests)).not.toContain("npm test");
    const links = [ubuntu, "RUN apt-get update && apt-get install -y gcc python3-pip && update-alternatives --install /usr/bin/pip pip /usr/bin/pip3 2", "RUN pip3 install lxml", 'CMD ["app"]']; // prettier-ignore
    expect(lastStage(links)).not.toContain("update-alternatives");
  });

  test("removals of packages that the last stage does not have", () => {
    const text = lastStage([
      "FROM python:3.12-alpine",
      "RUN apk add --no-cache --virtual build-deps gcc musl-dev && pip install --upgrade pip cffi",
      "RUN pip install ansible",
      "RUN apk del build-deps",
      'ENTRYPOINT ["ansible-playbook"]',
    ]);
    expect(text).not.toContain("apk");
    expect(text).toContain("COPY --from=build /usr/local/lib/python3.12/site-packages ");
  });
});

describe("refuses", () => {
  const small = (...lines: string[]) => lastStage(["FROM node:20", ...lines]);

  test("small images that do not exist, or have no folders of manuals, and those whose programs run git", () => {
    const file = (tag: string, run: string) => lastStage([`FROM node:${tag}`, `RUN ${run}`, 'CMD ["tool"]']);
    expect(file("8-stretch", "npm install -g tool")).toContain("FROM node:8-stretch-slim\n");
    expect(file("8.9.4-stretch", "npm install -g tool")).toMatch(/nothing-stays/);
    expect(file("4-wheezy", "npm install -g tool")).toMatch(/nothing-stays/);
    expect(file("20", "npm install -g tool && apt-get update && apt-get install -y default-jre")).toMatch(/nothing-stays/); // prettier-ignore
    expect(file("20", "npm install -g semantic-release@19")).toMatch(/nothing-stays/);
  });

  test("images of tools that start nothing, or something that never ends, or ask for what to do", () => {
    for (const start of ['CMD ["true"]', "CMD tail -f /etc/hosts", 'CMD ["ionic", "serve"]'])
      expect(small("RUN npm install -g tool", start)).toMatch(/no-purpose|nothing-stays|tool-image/);
    expect(small("RUN npm install -g tool", 'ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["node"]')).toMatch(/starts-a-shell/); // prettier-ignore
  });

  test("scripts of the context that run behind the build, and those that install what they start", () => {
    const file = (run: string, start = "app.js") => small("WORKDIR /app", "COPY package.json ./", "RUN npm install", "COPY . .", `RUN ${run}`, `CMD ["node", "${start}"]`); // prettier-ignore
    expect(file("sh ./update.sh")).toMatch(/unseen-script/);
    expect(small("RUN npm install -g tool", 'CMD ["update_and_run_tool"]')).toMatch(/starts-by-build-tool/);
  });

  test("commands that another shell is given as a whole, and tools of developers who bring their sources", () => {
    expect(lastStage([ubuntu, "RUN apt-get update && apt-get install -y python-pip python-dev && pip install pew", 'RUN su -c "pew-in env pip install -r /list" app', 'CMD ["a"]'])).toMatch(/other-build/); // prettier-ignore
    expect(small("RUN npm install -g ember-cli", "COPY entrypoint.sh /", "VOLUME /app", 'CMD ["/entrypoint.sh"]')).toMatch(/nothing-stays/); // prettier-ignore
  });

  test("scripts that build whatever CMD says, and a shell behind an empty ENTRYPOINT", () => {
    expect(small("RUN npm install -g tool", 'ENTRYPOINT ["/tool_build.sh"]', 'CMD ["--help"]')).toMatch(/starts-by-build-tool/); // prettier-ignore
    expect(small("RUN npm install -g tool", 'CMD ["sh"]', 'ENTRYPOINT [""]')).toMatch(/starts-a-shell/);
  });

  test("extensions of a PHP that somebody else has put in its place", () => {
    expect(lastStage(["FROM example/nginx-php", "RUN apk add --no-cache build-base && pecl install redis", 'CMD ["run.sh"]'])).toMatch(/unknown-output/); // prettier-ignore
  });

  test("a pip that is made newer and installs nothing", () => {
    expect(lastStage(["FROM python:3.8", "RUN pip install --upgrade pip", 'CMD ["python", "app.py"]'])).toMatch(/no-recipe/); // prettier-ignore
  });

  const built = [ubuntu, "RUN apt-get update && apt-get install -y gcc python3-pip", "RUN pip3 install lxml"];

  test("a shell in quotes that JSON does not have", () => {
    expect(lastStage([...built, "CMD ['/bin/bash']"])).toBe("4: starts-a-shell");
  });

  test("images to compile in, and terminals of others", () => {
    const file = (name: string, start: string) => [ubuntu, `RUN apt-get update && apt-get install -y build-essential ${name} python3-pip`, "RUN pip3 install lxml", start]; // prettier-ignore
    expect(lastStage(file("ccache", 'CMD ["/start.sh"]'))).toBe("3: tool-image");
    expect(lastStage(file("vim", "CMD run_jupyter.sh"))).toBe("4: tool-image");
    expect(lastStage(file("vim", "CMD byobu"))).toBe("4: tool-image");
    expect(lastStage(file("vim", 'ENTRYPOINT ["/entrypoint.sh", "vscode"]'))).toBe("4: tool-image");
    expect(lastStage(file("vim", "CMD /notebook.sh"))).toBe("4: tool-image");
  });

  test("images with debuggers, whatever they start", () => {
    expect(lastStage([ubuntu, "RUN apt-get update && apt-get install -y gcc gdb python3-pip", "RUN pip3 install celery", 'CMD ["celery"]'])).toBe("3: tool-image"); // prettier-ignore
  });

  test("programs that install what they need when they are started", () => {
    expect(lastStage([...built, 'CMD ["hass"]'])).toBe("4: fails-o10");
  });

  test("installs whose place is not seen", () => {
    expect(lastStage([...built, "ENV APP=$HOME_OF_APP", "RUN pip3 install -e ./$APP", 'CMD ["app"]'])).toBe("5: unknown-output"); // prettier-ignore
    expect(lastStage([...built, "WORKDIR /app", "COPY . .", "RUN make docker_install", 'CMD ["app"]'])).toBe("6: unknown-output"); // prettier-ignore
    expect(lastStage([...built, "RUN find /addons -name 'requirements.txt' -exec pip3 install -r {} \\;", 'CMD ["app"]'])).toBe("4: other-build"); // prettier-ignore
    expect(lastStage([ubuntu, "RUN apt-get update && apt-get install -y make g++ git", "RUN git clone https://example.org/domoticz.git && cd domoticz && cmake . && make && make install", 'ENTRYPOINT ["/opt/domoticz/domoticz"]'])).toBe("4: start-not-found"); // prettier-ignore
  });

  test("a program of a package that its RUN takes away again", () => {
    const file = ["FROM ruby:3.3-alpine", "RUN apk add --no-cache gcc musl-dev make", "RUN gem install puma", "RUN apk add --no-cache --virtual fonts msttcorefonts-installer && update-ms-fonts && apk del fonts", 'CMD ["puma"]']; // prettier-ignore
    expect(lastStage(file)).toBe("4: mixed-run");
  });

  test("a command in a folder that is copied only behind it", () => {
    const file = [
      "FROM node:22",
      "RUN cd /srv && wget https://example.org/app.zip && unzip app.zip && mv app-1 app",
      "RUN cd /srv/app && mv nginx.conf /etc/nginx.conf",
      "RUN cd /srv/app && npm install && npm run build",
      "WORKDIR /srv/app",
      'CMD ["/start.sh"]',
    ];
    expect(lastStage(file)).toBe("3: reads-sources");
  });

  test("packages of a folder that is named among those of the distribution", () => {
    const file = ["FROM alpine:3.20", "RUN apk add gcc musl-dev python3-dev py3-pip", "COPY . /build", "RUN pip3 install -e /build", 'CMD ["app"]']; // prettier-ignore
    expect(lastStage(file)).toBe("4: unknown-output");
  });

  test("a shell that an entry point runs", () => {
    expect(lastStage([...built, 'ENTRYPOINT ["/entrypoint.sh"]', 'CMD ["/bin/bash"]'])).toBe("5: starts-a-shell");
    expect(lastStage([...built, 'ENTRYPOINT ["/run.sh"]', 'CMD ["/bin/bash"]'])).not.toBe("5: starts-a-shell");
  });

  test("scripts of Ruby that install, and plugins that are compiled", () => {
    expect(lastStage([...built, "RUN ruby /app/bin/setup", 'CMD ["app"]'])).toBe("4: other-build");
    expect(lastStage([...built, "RUN uwsgi --build-plugin https://example.org/x", 'CMD ["app"]'])).toBe(
      "4: other-build",
    );
  });

  test("a Perl of its own, whose modules are somewhere", () => {
    const file = ["FROM example/perlbrew", "RUN apt-get update && apt-get install -y gcc make", "RUN cpanm DBI", 'CMD ["perl", "/app.pl"]']; // prettier-ignore
    expect(lastStage(file)).toBe("3: unknown-output");
  });

  test("build tools that a shell starts", () => {
    expect(lastStage([...built, 'ENTRYPOINT ["/bin/bash", "-c"]', 'CMD ["make all"]'])).toBe("4: starts-by-build-tool");
  });

  test("files elsewhere that are named for what is installed", () => {
    expect(
      lastStage([
        ...built,
        "RUN git clone https://example.org/graphios.git /tmp/graphios && cd /tmp/graphios && python3 setup.py install",
        "RUN sed -i s/a/b/ /etc/graphios/graphios.cfg",
        'CMD ["graphios"]',
      ]),
    ).toBe("4: unknown-output");
  });
});
